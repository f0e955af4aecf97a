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

    private static readonly Lazy<string?> Reason = new(FindReason);

    // Apart from the reason, so that listing the tests does not wait for g++.
    private static readonly Lazy<string> Built = new(Build);

    /// <summary>The file of the library, built by the first who asks; only where <see cref="Missing"/> is null.</summary>
    /// <exception cref="InvalidOperationException">g++ rejects the sources: a failure, no reason to skip.</exception>
    public static string Path => Built.Value;

    /// <summary>Why tests that need the library cannot run, or null.</summary>
    public static string? Missing => Reason.Value;

    /// <summary>Every file of the folder counts: the prelude becomes part of the library too.</summary>
    private static string SourceFolder => System.IO.Path.Combine(AppContext.BaseDirectory, "StandIn");

    private static string? FindReason()
    {
        if (!OperatingSystem.IsLinux())
        {
            return "the stand-in for the CUDA driver needs Linux";
        }

        try
        {
            return Run("--version").Code == 0 ? null : "a g++ that does not work; the stand-in for the CUDA driver is C++";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "no g++; the stand-in for the CUDA driver is C++";
        }
    }

    private static string Build()
    {
        string folder = System.IO.Path.Combine(System.IO.Path.GetTempPath(), "sdcompiler-standin-" + Hash());
        string library = System.IO.Path.Combine(folder, FileName);
        if (!File.Exists(library))
        {
            string unfinished = Directory.CreateTempSubdirectory("sdcompiler-standin-").FullName;
            try
            {
                Compile(System.IO.Path.Combine(unfinished, FileName));
                Directory.Move(unfinished, folder); // in one step, so that no process ever loads half a library
            }
            catch (IOException) when (File.Exists(library))
            {
                // Another process was faster, with the same sources.
            }
            finally
            {
                if (Directory.Exists(unfinished))
                {
                    Directory.Delete(unfinished, recursive: true);
                }
            }
        }

        return library;
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
