using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace SdCompiler;

/// <summary>Makes changes of directory entries (new files, renames) survive a power cut.</summary>
internal static partial class DurableDirectory
{
    private const int OpenReadOnly = 0;

    /// <summary>Flushes a directory's entries to the disk.</summary>
    public static void Flush(string directory)
    {
        // Windows has no such call: NTFS journals renames itself, and a directory handle cannot be flushed without special rights.
        if (!OperatingSystem.IsWindows())
        {
            FlushUnix(directory);
        }
    }

    public static void TryDeleteFile(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A leftover temporary file is harmless, and the caller is already reporting what went wrong.
        }
    }

    public static void TryDeleteFolder(string path)
    {
        try
        {
            if (Directory.Exists(path))
            {
                Directory.Delete(path, recursive: true);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next save tries again; a version that cannot be removed costs space and nothing else.
        }
    }

    [UnsupportedOSPlatform("windows")]
    private static void FlushUnix(string directory)
    {
        int descriptor = OpenUnix(directory, OpenReadOnly);
        if (descriptor < 0)
        {
            throw new IOException($"The folder '{directory}' cannot be opened to flush it (error {Marshal.GetLastPInvokeError()}).");
        }

        try
        {
            // Some network and overlay file systems cannot flush a directory (EINVAL); the files themselves are already on the disk.
            _ = SynchronizeUnix(descriptor);
        }
        finally
        {
            _ = CloseUnix(descriptor);
        }
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int OpenUnix(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int SynchronizeUnix(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int CloseUnix(int descriptor);
}
