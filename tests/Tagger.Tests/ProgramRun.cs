using System.IO;
using System.Threading;
using SdCompiler.Samples.Shared;
using SdCompiler.Samples.Tagger.Commands;

namespace SdCompiler.Tagger.Tests;

/// <summary>One run of the program, inside the test's process.</summary>
/// <param name="ExitCode">What it returned to the shell.</param>
/// <param name="Output">What it wrote.</param>
/// <param name="Error">What it complained about.</param>
internal sealed record ProgramRun(int ExitCode, string Output, string Error)
{
    public static ProgramRun Of(params string[] args) => Of([], CancellationToken.None, args);

    public static ProgramRun Of(byte[] input, CancellationToken stop, params string[] args)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        CommandContext context = new(output, error, IsTerminal: false, stop) { Input = () => new MemoryStream(input) };
        int code = CommandLine.Run(args, context);
        return new ProgramRun(code, output.ToString(), error.ToString());
    }
}
