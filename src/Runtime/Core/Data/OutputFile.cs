using System;
using System.IO;
using System.Threading;

namespace SdCompiler;

/// <summary>Writes files whole: an old file stays until the new one is complete, and nothing but a file is ever replaced.</summary>
public static class OutputFile
{
    private const int BufferBytes = 1 << 16;

    private static long s_writes;

    /// <summary>
    /// Writes a file under another name beside it, flushes it and puts it in its place, so that a failure leaves what was there. A symbolic link stays and its target is
    /// replaced; devices, pipes and the like are written to as they are.
    /// </summary>
    /// <param name="path">The file; its folder exists.</param>
    /// <param name="write">Writes the content; what it throws is thrown here, after the unfinished file is removed.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(write);
        if (FileTarget.ToReplace(path) is string target)
        {
            WriteReplacing(target, write);
        }
        else
        {
            WriteInto(path, write);
        }
    }

    private static void WriteReplacing(string target, Action<Stream> write)
    {
        // A name of its own for each call: two writers of one file must not meet in, or clean up, the same temporary file.
        string temporary = $"{target}.writing-{Environment.ProcessId}-{Interlocked.Increment(ref s_writes)}";
        bool isDone = false;
        try
        {
            using (FileStream stream = new(temporary, FileMode.Create, FileAccess.Write, FileShare.None, BufferBytes))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, target, overwrite: true);
            isDone = true;
            DurableDirectory.Flush(Path.GetDirectoryName(target)!);
        }
        finally
        {
            if (!isDone)
            {
                DurableDirectory.TryDeleteFile(temporary);
            }
        }
    }

    private static void WriteInto(string path, Action<Stream> write)
    {
        using FileStream stream = Open(path);
        write(stream);
    }

    /// <summary>Opens what stands there, or makes what a link names. What stands there is never asked to be made: some systems forbid that for pipes of other users.</summary>
    private static FileStream Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, BufferBytes);
        }
        catch (FileNotFoundException)
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite, BufferBytes);
        }
    }
}
