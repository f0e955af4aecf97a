using System;
using System.Diagnostics;
using System.IO;

namespace SdCompiler.Trainer.Tests.Harness;

/// <summary>A Python that has PyTorch, where there is one: Debian installs it for /usr/bin/python3 only.</summary>
internal static class PythonTorch
{
    private static readonly Lazy<string?> Found = new(Find);

    /// <summary>Why tests that need PyTorch cannot run, or null.</summary>
    public static string? Missing => Found.Value is null ? "no Python with PyTorch; Debian has it as python3-torch" : null;

    /// <summary>Runs a script and returns what it printed.</summary>
    /// <exception cref="InvalidOperationException">It failed; says how.</exception>
    public static string Run(string script, params string[] arguments)
    {
        (int code, string output, string error) = Start(Found.Value!, [script, .. arguments]);
        return code == 0 ? output : throw new InvalidOperationException($"{Path.GetFileName(script)} ended with {code}:\n{error}");
    }

    private static string? Find()
    {
        foreach (string python in (string[])["/usr/bin/python3", "python3"])
        {
            try
            {
                // Looking for the package is a hundred times faster than importing it.
                if (Start(python, ["-c", "import importlib.util as u, sys; sys.exit(u.find_spec('torch') is None)"]).Code == 0)
                {
                    return python;
                }
            }
            catch (System.ComponentModel.Win32Exception)
            {
                // No such program.
            }
        }

        return null;
    }

    private static (int Code, string Output, string Error) Start(string program, string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        System.Threading.Tasks.Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }
}
