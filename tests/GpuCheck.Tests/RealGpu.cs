using System;
using System.Diagnostics;
using System.IO;
using System.Linq;

namespace SdCompiler.GpuCheck.Tests;

/// <summary>The program in a process of its own, without the stand-in: on the machine's GPU, where there is one.</summary>
internal static class RealGpu
{
    private static readonly Lazy<string?> Reason = new(() => Run("--list") is { Code: not 0 } run ? run.Error.Trim() : null);

    /// <summary>Why there is no GPU to run on, or null.</summary>
    public static string? Missing => Reason.Value;

    public static ProgramRun Run(params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "gpucheck.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string variable in start.Environment.Keys.Where(name => name.StartsWith("SDCOMPILER_CUDA_STANDIN", StringComparison.Ordinal)).ToArray())
        {
            start.Environment.Remove(variable);
        }

        using Process process = Process.Start(start)!;
        System.Threading.Tasks.Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new ProgramRun(process.ExitCode, output, error.Result);
    }
}
