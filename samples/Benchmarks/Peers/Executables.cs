using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace SdCompiler.Samples.Benchmarks.Peers;

/// <summary>Finds programs where a shell would.</summary>
internal static class Executables
{
    /// <summary>Every program of a name in the folders of PATH, in their order.</summary>
    /// <param name="name">Its name, without an ending.</param>
    public static IEnumerable<string> All(string name)
    {
        string file = OperatingSystem.IsWindows() ? name + ".exe" : name;
        return (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, file))
            .Where(File.Exists);
    }
}
