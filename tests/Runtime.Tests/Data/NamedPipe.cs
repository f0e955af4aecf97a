using System;
using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;

namespace SdCompiler.Runtime.Tests.Data;

/// <summary>A pipe with a name in the file system, and what has been written to it.</summary>
internal static class NamedPipe
{
    /// <summary>Makes a pipe.</summary>
    public static void Make(string path)
    {
        using Process process = Process.Start("mkfifo", [path]);
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"mkfifo '{path}' ended with {process.ExitCode}.");
        }
    }

    /// <summary>Everything that is written until the writer closes the pipe.</summary>
    public static Task<byte[]> ReadAsync(string path) => Task.Run(() =>
    {
        using FileStream pipe = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using MemoryStream all = new();
        pipe.CopyTo(all);
        return all.ToArray();
    });
}
