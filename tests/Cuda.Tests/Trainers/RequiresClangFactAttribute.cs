using System.ComponentModel;
using System.Diagnostics;
using System.Linq;
using Xunit;

namespace SdCompiler.Cuda.Tests.Trainers;

/// <summary>A fact that needs a clang which compiles CUDA; skipped, with the reason, where there is none.</summary>
public sealed class RequiresClangFactAttribute : FactAttribute
{
    public RequiresClangFactAttribute()
    {
        if (Clang is null)
        {
            Skip = "no clang; it compiles the emitted kernels as device code";
        }
    }

    /// <summary>The program's name, or null.</summary>
    public static string? Clang { get; } = ((string[])["clang", "clang-19", "clang-18", "clang-17", "clang-16", "clang-15", "clang-14"]).FirstOrDefault(Runs);

    private static bool Runs(string program)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, "--version") { RedirectStandardOutput = true })!;
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
