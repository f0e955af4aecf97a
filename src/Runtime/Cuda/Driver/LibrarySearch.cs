using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;

namespace SdCompiler.Runtime.Cuda;

/// <summary>One search for a native library; remembers where it looked, for the message when nothing is found.</summary>
/// <param name="standIn">A file that holds all three libraries, or null.</param>
/// <param name="folders">Folders to look in before the system's loader is asked.</param>
/// <param name="applicationFolder">A folder to look in last, with the folders below it.</param>
/// <param name="driverMajor">The newest CUDA version that the driver runs: libraries for newer ones are tried last.</param>
internal sealed class LibrarySearch(string? standIn, IReadOnlyList<string> folders, string applicationFolder, int driverMajor)
{
    // A libtorch package's files lie at most a few folders down (runtimes/linux-x64/native).
    private static readonly EnumerationOptions below = new() { RecurseSubdirectories = true, IgnoreInaccessible = true, MaxRecursionDepth = 8 };
    private static readonly EnumerationOptions here = new() { IgnoreInaccessible = true };

    private readonly List<string> looked = [];
    private readonly List<string> failures = [];

    /// <summary>The file, or the name that the system's loader knows, that was loaded.</summary>
    public string? Found { get; private set; }

    /// <summary>Loads the library.</summary>
    /// <exception cref="CudaException">No file of its names can be loaded; the message says what was looked for, where, and where to get it.</exception>
    public nint Load(CudaLibrary library)
    {
        nint handle = Find(library);
        return handle != 0 ? handle : throw new CudaException(Message(library), CudaStatus.MissingLibrary);
    }

    private nint Find(CudaLibrary library)
    {
        if (!string.IsNullOrWhiteSpace(standIn))
        {
            // Nothing else is tried: tests that ask for the stand-in must not run on a real device by accident.
            looked.Add($"'{standIn}' (named in {NativeLibraries.StandInVariable})");
            return LoadFile(standIn);
        }

        string[] names = [.. library.Names.OrderBy(name => name.Major > driverMajor).Select(name => name.File)];
        foreach (string folder in folders)
        {
            looked.Add($"the folder '{folder}'");
            if (InFolder(library, names, folder, here) is var found and not 0)
            {
                return found;
            }
        }

        looked.Add("the system's library path");
        foreach (string name in names)
        {
            if (NativeLibrary.TryLoad(name, out nint found))
            {
                Found = name;
                return found;
            }
        }

        if (library.Pattern is null)
        {
            return 0;
        }

        looked.Add($"the application's folder '{applicationFolder}' and the folders below it");
        return InFolder(library, names, applicationFolder, below);
    }

    private nint InFolder(CudaLibrary library, string[] names, string folder, EnumerationOptions depth)
    {
        foreach (string path in names.SelectMany(name => Files(folder, name, depth)).Concat(Renamed(library, folder, depth)))
        {
            if (library.Beside is not null)
            {
                foreach (string neighbour in Files(Path.GetDirectoryName(path) ?? folder, library.Beside, here))
                {
                    _ = NativeLibrary.TryLoad(neighbour, out _);
                }
            }

            if (LoadFile(path) is var found and not 0)
            {
                return found;
            }
        }

        return 0;
    }

    private static IEnumerable<string> Renamed(CudaLibrary library, string folder, EnumerationOptions depth) =>
        library.Pattern is null
            ? []
            : Files(folder, library.Pattern, depth).Where(path => !Path.GetFileName(path).Contains(library.NotPattern, StringComparison.Ordinal));

    /// <summary>In ordinal order, so that the choice between two does not depend on the file system.</summary>
    private static string[] Files(string folder, string pattern, EnumerationOptions depth)
    {
        if (!Directory.Exists(folder))
        {
            return [];
        }

        string[] files = Directory.GetFiles(Path.GetFullPath(folder), pattern, depth);
        Array.Sort(files, StringComparer.Ordinal);
        return files;
    }

    private nint LoadFile(string path)
    {
        try
        {
            nint handle = NativeLibrary.Load(Path.GetFullPath(path));
            Found = path;
            return handle;
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            // The loader's own line comes last; before it stands general advice.
            string reason = e.Message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault("");
            failures.Add($"'{path}' cannot be loaded ({reason})");
            return 0;
        }
    }

    private string Message(CudaLibrary library)
    {
        string names = string.Join(", ", library.Names.Select(name => name.File));
        string renamed = library.Pattern is null ? "" : $" (in packages {library.Pattern})";
        string failed = failures.Count == 0 ? "" : $" {string.Join("; ", failures)}.";
        return $"{Capital(library.Title)} was not found: looked for {names}{renamed} in {string.Join(", ", looked)}.{failed} {library.Source}.";
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
