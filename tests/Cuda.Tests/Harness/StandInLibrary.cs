using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Threading.Tasks;

namespace SdCompiler.Cuda.Tests.Harness;

/// <summary>The library that stands in for libcuda, libnvrtc and libcublas: built from StandIn/*.cpp where there is a g++.</summary>
/// <remarks>Kept in the temporary folder under a hash of its sources, so only the first run after a change waits for g++.</remarks>
internal static class StandInLibrary
{
    private const string FileName = "libsdcudastandin.so";

    private static readonly Lazy<(string? Path, string? Missing)> Built = new(Build);

    /// <summary>The file of the library; only where <see cref="Missing"/> is null.</summary>
    public static string Path => Built.Value.Path ?? throw new InvalidOperationException(Missing);

    /// <summary>Why tests that need the library cannot run, or null.</summary>
    public static string? Missing => Built.Value.Missing;

    /// <summary>Every file of the folder counts: the prelude becomes part of the library too.</summary>
    private static string SourceFolder => System.IO.Path.Combine(AppContext.BaseDirectory, "StandIn");

    /// <exception cref="InvalidOperationException">There is a g++ and it rejects the sources: a failure, no reason to skip.</exception>
    private static (string? Path, string? Missing) Build()
    {
        if (!OperatingSystem.IsLinux())
        {
            return (null, "the stand-in for the CUDA driver needs Linux");
        }

        if (!HasCompiler())
        {
            return (null, "no g++; the stand-in for the CUDA driver is C++");
        }

        string folder = System.IO.Path.Combine(System.IO.Path.GetTempPath(), "sdcompiler-standin-" + Hash());
        string library = System.IO.Path.Combine(folder, FileName);
        if (!File.Exists(library))
        {
            string unfinished = Directory.CreateTempSubdirectory("sdcompiler-standin-").FullName;
            Compile(System.IO.Path.Combine(unfinished, FileName));
            try
            {
                // In one step, so that no process ever loads half a library.
                Directory.Move(unfinished, folder);
            }
            catch (IOException) when (File.Exists(library))
            {
                // Another process was faster, with the same sources.
                Directory.Delete(unfinished, recursive: true);
            }
        }

        return (library, null);
    }

    private static bool HasCompiler()
    {
        try
        {
            return Run("--version").Code == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static string Hash()
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string file in Directory.GetFiles(SourceFolder).Order(StringComparer.Ordinal))
        {
            hash.AppendData(File.ReadAllBytes(file));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }

    private static void Compile(string output)
    {
        string[] sources = [.. Directory.GetFiles(SourceFolder, "*.cpp").Order(StringComparer.Ordinal)];
        (int code, string text) = Run(
            ["-O1", "-std=c++17", "-Wall", "-Wextra", "-Werror", "-U_FORTIFY_SOURCE", "-shared", "-fPIC", "-fvisibility=hidden", "-o", output, .. sources, "-ldl"]);
        if (code != 0)
        {
            throw new InvalidOperationException("g++ rejects the stand-in:\n" + text);
        }
    }

    private static (int Code, string Text) Run(params string[] arguments)
    {
        ProcessStartInfo start = new("g++", arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = SourceFolder };
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.Result);
    }
}
