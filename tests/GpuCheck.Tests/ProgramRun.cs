using System.IO;
using SdCompiler.Samples.GpuCheck.Commands;

namespace SdCompiler.GpuCheck.Tests;

/// <summary>One run of the program within the test's process.</summary>
/// <param name="Code">Its exit code.</param>
/// <param name="Output">What it wrote.</param>
/// <param name="Error">What it complained about.</param>
internal sealed record ProgramRun(int Code, string Output, string Error)
{
    /// <summary>Runs it.</summary>
    public static ProgramRun Of(params string[] arguments)
    {
        using StringWriter output = new(), error = new();
        int code = CheckProgram.Run(arguments, output, error);
        return new ProgramRun(code, output.ToString(), error.ToString());
    }
}
