using System.IO;
using System.Threading;
using SdCompiler.Samples.Shared;
using SdCompiler.Samples.Translator.Commands;

namespace SdCompiler.Translator.Tests;

/// <summary>One run of the program, inside the test's process.</summary>
/// <param name="ExitCode">What it returned to the shell.</param>
/// <param name="Output">What it wrote.</param>
/// <param name="Error">What it complained about.</param>
internal sealed record ProgramRun(int ExitCode, string Output, string Error)
{
    public static ProgramRun Of(params string[] args)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        int code = CommandLine.Run(args, new CommandContext(output, error, IsTerminal: false, CancellationToken.None));
        return new ProgramRun(code, output.ToString(), error.ToString());
    }
}
