using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Runtime.InteropServices;
using SdCompiler.Runtime.Cuda;
using TorchSharp;

namespace SdCompiler.Torch;

/// <summary>Where the application's libtorch lies. Its CUDA packages bring NVRTC and cuBLAS, so that a user of TorchSharp needs no CUDA toolkit.</summary>
public static class TorchLibraries
{
    /// <summary>Lets the CUDA backend use the NVRTC and cuBLAS that lie beside libtorch, under names with a hash as packages have them. Call it before the first CUDA trainer is made.</summary>
    /// <returns>The folders with libtorch in them, at least one; <see cref="NativeLibraries.AddFolder"/> has each.</returns>
    /// <exception cref="DllNotFoundException">There is no libtorch; the message says where it was looked for.</exception>
    public static IReadOnlyList<string> Use()
    {
        List<string> candidates = Candidates();
        List<string> found = candidates.FindAll(HasLibtorch);
        if (found.Count == 0)
        {
            throw new DllNotFoundException(
                $"libtorch ({FileName("torch_cpu")}) was not found in {string.Join(", ", candidates)}. The application needs one package with libtorch, such as TorchSharp-cuda-linux, or folders named in {NativeLibraries.FoldersVariable}.");
        }

        foreach (string folder in found)
        {
            NativeLibraries.AddFolder(folder);
        }

        return found;
    }

    /// <summary>What packages call this platform, such as <c>linux-x64</c>.</summary>
    internal static string RuntimeIdentifier
    {
        get
        {
            string system = OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux";
            return $"{system}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";
        }
    }

    /// <summary>The file of a library on this platform.</summary>
    internal static string FileName(string library) =>
        OperatingSystem.IsWindows() ? library + ".dll" : OperatingSystem.IsMacOS() ? $"lib{library}.dylib" : $"lib{library}.so";

    /// <summary>Folders to look in, the likeliest first, each once: that of a libtorch in this process, those of the application's native packages, those beside the application and TorchSharp.</summary>
    internal static List<string> Candidates()
    {
        List<string> folders = [];
        foreach (string module in Modules())
        {
            if (Path.GetFileName(module) == FileName("torch_cpu") || Path.GetFileName(module) == FileName("torch_cuda"))
            {
                Add(folders, Path.GetDirectoryName(module));
            }
        }

        // Packages that are not copied beside the application are named in its .deps.json; the host puts their folders here.
        string packages = AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? "";
        foreach (string folder in packages.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            Add(folders, folder);
        }

        string natives = Path.Combine("runtimes", RuntimeIdentifier, "native");
        foreach (string? folder in (string?[])[AppContext.BaseDirectory, Beside()])
        {
            Add(folders, folder);
            Add(folders, folder is null ? null : Path.Combine(folder, natives));
        }

        return folders;
    }

    private static bool HasLibtorch(string folder) => File.Exists(Path.Combine(folder, FileName("torch_cpu")));

    private static void Add(List<string> folders, string? folder)
    {
        if (string.IsNullOrEmpty(folder))
        {
            return;
        }

        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (!folders.Contains(full))
        {
            folders.Add(full);
        }
    }

    /// <summary>The folder of TorchSharp's assembly; null where it lies in a single file.</summary>
    private static string? Beside() => typeof(torch).Assembly.Location is { Length: > 0 } location ? Path.GetDirectoryName(location) : null;

    private static List<string> Modules()
    {
        List<string> files = [];
        using Process process = Process.GetCurrentProcess();
        foreach (ProcessModule module in process.Modules)
        {
            using (module)
            {
                files.Add(module.FileName);
            }
        }

        return files;
    }
}
