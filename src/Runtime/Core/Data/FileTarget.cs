using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace SdCompiler;

/// <summary>Tells what may be replaced by a rename from what may only be written to.</summary>
internal static partial class FileTarget
{
    private const int CurrentFolder = -100; // AT_FDCWD
    private const uint TypeOnly = 1; // STATX_TYPE
    private const int StatusBytes = 256; // as statx fills in; more than macOS's stat needs
    private const int LinuxModeOffset = 28; // stx_mode, the same on every processor
    private const int MacModeOffset = 4; // st_mode
    private const int TypeMask = 0xF000; // S_IFMT
    private const int RegularFile = 0x8000; // S_IFREG

    /// <summary>The full path at which a new file may take the place of what a path names: of a file, by way of links too, or of nothing. Null where that is a device, a pipe, a folder, or a link to nothing.</summary>
    public static string? ToReplace(string path)
    {
        string full = Path.GetFullPath(path);
        bool isLink = new FileInfo(full).LinkTarget is not null;
        if (!Path.Exists(full))
        {
            return isLink ? null : full;
        }

        if (OperatingSystem.IsWindows())
        {
            // Devices and pipes have names of their own there, and GetFullPath finds them.
            return full.StartsWith(@"\\.\", StringComparison.Ordinal) || Directory.Exists(full) ? null
                : isLink ? File.ResolveLinkTarget(full, returnFinalTarget: true)?.FullName
                : full;
        }

        return !IsRegularUnix(full) ? null : isLink ? RealPath(full) : full;
    }

    /// <summary>Whether a path leads to a regular file; false also where that cannot be found out.</summary>
    [UnsupportedOSPlatform("windows")]
    private static bool IsRegularUnix(string path)
    {
        Span<byte> status = stackalloc byte[StatusBytes];
        try
        {
            int offset = OperatingSystem.IsLinux() ? LinuxModeOffset : OperatingSystem.IsMacOS() ? MacModeOffset : -1;
            bool isRead = offset == LinuxModeOffset ? StatusLinux(CurrentFolder, path, 0, TypeOnly, status) == 0
                : offset == MacModeOffset && (RuntimeInformation.ProcessArchitecture == Architecture.X64 ? StatusMacX64(path, status) : StatusMac(path, status)) == 0;
            return isRead && (BitConverter.ToUInt16(status[offset..]) & TypeMask) == RegularFile;
        }
        catch (EntryPointNotFoundException)
        {
            return false; // a C library from before statx
        }
    }

    /// <summary>The path without any link. Not ResolveLinkTarget: it takes '..' behind a linked folder to be the folder of the link.</summary>
    [UnsupportedOSPlatform("windows")]
    private static unsafe string? RealPath(string path)
    {
        nint found = RealPathUnix(path, 0);
        try
        {
            return Marshal.PtrToStringUTF8(found);
        }
        finally
        {
            NativeMemory.Free((void*)found);
        }
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatusLinux(int folder, string path, int flags, uint mask, Span<byte> status);

    [LibraryImport("libc", EntryPoint = "stat", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatusMac(string path, Span<byte> status);

    [LibraryImport("libc", EntryPoint = "stat$INODE64", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatusMacX64(string path, Span<byte> status);

    [LibraryImport("libc", EntryPoint = "realpath", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint RealPathUnix(string path, nint resolved);
}
