using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace SdCompiler.Runtime;

/// <summary>Fetches memory into the second-level cache ahead of its use, where the processor cannot foresee it: rows that dropout picks look random to it.</summary>
internal static unsafe class Prefetch
{
    private const int LineFloats = 16;

    /// <summary>Fetches one of several equal parts of a block; a loop of as many turns fetches it whole, a little in each turn.</summary>
    /// <param name="block">The block's start, or null for nothing.</param>
    /// <param name="floats">Its length.</param>
    /// <param name="part">Which part, from 0.</param>
    /// <param name="parts">How many parts.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Part(float* block, long floats, int part, int parts)
    {
        if (block == null || !Sse.IsSupported)
        {
            return;
        }

        float* end = block + (floats * (part + 1) / parts);
        for (float* line = block + (floats * part / parts / LineFloats * LineFloats); line < end; line += LineFloats)
        {
            Sse.Prefetch1(line);
        }
    }

    /// <summary>Fetches the rows of a panel of 32 columns, which lie far apart.</summary>
    /// <param name="panel">[row][stride], the panel's first column.</param>
    /// <param name="stride">Floats from one row to the next.</param>
    /// <param name="rows">How many rows.</param>
    public static void Panel(float* panel, long stride, int rows)
    {
        for (int b = 0; b < rows && Sse.IsSupported; b++)
        {
            Sse.Prefetch1(panel);
            Sse.Prefetch1(panel + LineFloats);
            panel += stride;
        }
    }
}
