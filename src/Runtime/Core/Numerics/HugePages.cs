using System;
using System.Runtime.InteropServices;

namespace SdCompiler.Runtime;

/// <summary>Asks the operating system for pages of 2 MiB where a buffer is large.</summary>
/// <remarks>
/// The rows of a batch lie kilobytes apart, so that one tile of a product touches more pages than the first-level translation buffer holds; with
/// large pages a whole buffer needs a few entries. Linux only; elsewhere, and where the system declines, nothing changes but the speed.
/// </remarks>
internal static unsafe class HugePages
{
    private const nuint PageBytes = 2u << 20;

    /// <summary>Linux's MADV_HUGEPAGE.</summary>
    private const int AdviseHuge = 14;

    private static readonly bool s_available = OperatingSystem.IsLinux();

    /// <summary>Asks for large pages in the part of a block that whole ones fit into; best before the block is first written.</summary>
    /// <param name="start">The first byte.</param>
    /// <param name="bytes">The length.</param>
    public static void Advise(void* start, long bytes)
    {
        nuint first = ((nuint)start + PageBytes - 1) / PageBytes * PageBytes;
        nuint end = ((nuint)start + (nuint)bytes) / PageBytes * PageBytes;
        if (!s_available || end <= first)
        {
            return;
        }

        try
        {
            // The answer does not matter: a kernel without large pages says no, and everything works as before.
            _ = Advise((void*)first, end - first, AdviseHuge);
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            // A system whose C library has another name: no large pages.
        }
    }

    [DllImport("libc", EntryPoint = "madvise", ExactSpelling = true)]
    private static extern int Advise(void* start, nuint bytes, int advice);
}
