using System.IO;
using System.Text;
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
    public static ProgramRun Of(params string[] args) => Of(CancellationToken.None, args);

    public static ProgramRun Of(CancellationToken stop, params string[] args) => Of(stop, [], args);

    /// <summary>A run that is given something on standard input.</summary>
    public static ProgramRun Reading(string input, params string[] args) => Of(CancellationToken.None, Encoding.UTF8.GetBytes(input), args);

    private static ProgramRun Of(CancellationToken stop, byte[] input, string[] args)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        int code = CommandLine.Run(args, new CommandContext(output, error, IsTerminal: false, stop) { Input = () => new MemoryStream(input) });
        return new ProgramRun(code, output.ToString(), error.ToString());
    }
}
