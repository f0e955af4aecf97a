using System;
using System.Collections.Generic;
using System.IO;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Threading;

namespace SdCompiler.Runtime.Cuda;

/// <summary>Finds the CUDA driver, NVRTC and cuBLAS on this machine.</summary>
/// <remarks>
/// Looked at in this order: the file named in SDCOMPILER_CUDA_STANDIN (tests run on it; nothing else is then tried), the folders in
/// SDCOMPILER_CUDA_PATH, those given to <see cref="AddFolder"/>, the system's loader, and the application's folder, where the files of
/// libtorch packages carry a hash in their names. Among the names of one library those for a newer CUDA than the driver's come last.
/// </remarks>
public static class NativeLibraries
{
    /// <summary>The environment variable with folders to look in, separated as in PATH.</summary>
    public const string FoldersVariable = "SDCOMPILER_CUDA_PATH";

    /// <summary>The environment variable that names one file with all three libraries in it.</summary>
    internal const string StandInVariable = "SDCOMPILER_CUDA_STANDIN";

    private static readonly Lock gate = new();
    private static readonly List<string> added = [];
    private static readonly Dictionary<string, nint> loaded = [];
    private static bool registered;

    /// <summary>The newest CUDA version that the driver runs, once it is known.</summary>
    internal static int DriverMajor { get; set; } = int.MaxValue;

    /// <summary>The folders that <see cref="AddFolder"/> was given.</summary>
    internal static IReadOnlyList<string> AddedFolders
    {
        get
        {
            lock (gate)
            {
                return [.. added];
            }
        }
    }

    /// <summary>Adds a folder to look in; a library that is in use already stays the one that it is.</summary>
    /// <param name="folder">The folder; it is no error if it does not exist.</param>
    public static void AddFolder(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        lock (gate)
        {
            if (!added.Contains(folder))
            {
                added.Add(folder);
            }
        }
    }

    /// <summary>Loads a library if that has not happened yet; its imports work from then on.</summary>
    /// <exception cref="CudaException">It is not found.</exception>
    internal static nint Require(CudaLibrary library)
    {
        lock (gate)
        {
            if (!loaded.TryGetValue(library.Logical, out nint handle))
            {
                handle = new LibrarySearch(Environment.GetEnvironmentVariable(StandInVariable), Folders(), AppContext.BaseDirectory, DriverMajor).Load(library);
                loaded.Add(library.Logical, handle);
            }

            if (!registered)
            {
                NativeLibrary.SetDllImportResolver(typeof(NativeLibraries).Assembly, Resolve);
                registered = true;
            }

            return handle;
        }
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path) =>
        CudaLibraries.ByLogicalName(name) is { } library ? Require(library) : 0;

    private static List<string> Folders()
    {
        string variable = Environment.GetEnvironmentVariable(FoldersVariable) ?? "";
        return [.. variable.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries), .. added];
    }
}
