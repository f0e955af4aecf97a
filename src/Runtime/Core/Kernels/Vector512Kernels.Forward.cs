using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Vec = System.Runtime.Intrinsics.Vector512;
using VecF = System.Runtime.Intrinsics.Vector512<float>;

namespace SdCompiler.Runtime;

/// <content>The forward product.</content>
internal sealed unsafe partial class Vector512Kernels
{
    /// <summary>10 rows by 2 vectors are 20 accumulators: with 2 loads of weights and 10 broadcasts for 20 multiply-adds, loads never limit.</summary>
    private const int ForwardRows = 10;

    /// <inheritdoc/>
    internal override void ForwardPanel(float* x, int xStride, float* w, int* kept, int count, float* biasOrNull, float* y, int yStride, int rows)
    {
        // Even blocks: 7 rows are 4 + 3, not 10 + 0, which would leave most registers of the second block idle.
        int blocks = (rows + ForwardRows - 1) / ForwardRows, size = blocks == 0 ? 0 : rows / blocks, larger = rows - (size * blocks);
        ForwardBlocks(size + 1, larger, x, xStride, w, kept, count, biasOrNull, y, yStride);
        int done = (size + 1) * larger;
        ForwardBlocks(size, blocks - larger, x + done, xStride, w, kept, count, biasOrNull, y + ((long)done * yStride), yStride);
    }

    private static void ForwardBlocks(int size, int blocks, float* x, int xStride, float* w, int* kept, int count, float* biasOrNull, float* y, int yStride)
    {
        switch (blocks == 0 ? 0 : size)
        {
            case 1: ForwardTiles<TileSizes.One>(x, xStride, w, kept, count, biasOrNull, y, yStride, blocks); break;
            case 2: ForwardTiles<TileSizes.Two>(x, xStride, w, kept, count, biasOrNull, y, yStride, blocks); break;
            case 3: ForwardTiles<TileSizes.Three>(x, xStride, w, kept, count, biasOrNull, y, yStride, blocks); break;
            case 4: ForwardTiles<TileSizes.Four>(x, xStride, w, kept, count, biasOrNull, y, yStride, blocks); break;
            case 5: ForwardTiles<TileSizes.Five>(x, xStride, w, kept, count, biasOrNull, y, yStride, blocks); break;
            case 6: ForwardTiles<TileSizes.Six>(x, xStride, w, kept, count, biasOrNull, y, yStride, blocks); break;
            case 7: ForwardTiles<TileSizes.Seven>(x, xStride, w, kept, count, biasOrNull, y, yStride, blocks); break;
            case 8: ForwardTiles<TileSizes.Eight>(x, xStride, w, kept, count, biasOrNull, y, yStride, blocks); break;
            case 9: ForwardTiles<TileSizes.Nine>(x, xStride, w, kept, count, biasOrNull, y, yStride, blocks); break;
            case 10: ForwardTiles<TileSizes.Ten>(x, xStride, w, kept, count, biasOrNull, y, yStride, blocks); break;
        }
    }

    // No tiering: the loop is hot from its first call, and nothing in it waits for a static field to become a constant. The loop over tiles stands
    // inside: a call for each tile costs as much as a dozen kept rows.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ForwardTiles<TRows>(float* x, long xStride, float* w, int* kept, int count, float* biasOrNull, float* y, long yStride, int blocks)
        where TRows : struct, ITileSize
    {
        for (; blocks > 0; blocks--)
        {
            VecF l0 = VecF.Zero, h0 = VecF.Zero;
            VecF l1 = VecF.Zero, h1 = VecF.Zero;
            VecF l2 = VecF.Zero, h2 = VecF.Zero;
            VecF l3 = VecF.Zero, h3 = VecF.Zero;
            VecF l4 = VecF.Zero, h4 = VecF.Zero;
            VecF l5 = VecF.Zero, h5 = VecF.Zero;
            VecF l6 = VecF.Zero, h6 = VecF.Zero;
            VecF l7 = VecF.Zero, h7 = VecF.Zero;
            VecF l8 = VecF.Zero, h8 = VecF.Zero;
            VecF l9 = VecF.Zero, h9 = VecF.Zero;
            // Two kept rows a turn: the loop's own instructions would otherwise take a tenth of those that the processor starts in a cycle.
            VecF low, high, v;
            float* wRow, xRow;
            int* next = kept, end = kept + count;
            float* from = x;
            if ((count & 1) != 0)
            {
                wRow = w + ((long)*next * PanelColumns);
                xRow = from;
                from += xStride;
                next++;
                low = Vec.Load(wRow);
                high = Vec.Load(wRow + VecF.Count);
                v = Vec.Create(xRow[0]); l0 = Vec.FusedMultiplyAdd(v, low, l0); h0 = Vec.FusedMultiplyAdd(v, high, h0);
                if (TRows.Count > 1) { v = Vec.Create(xRow[1]); l1 = Vec.FusedMultiplyAdd(v, low, l1); h1 = Vec.FusedMultiplyAdd(v, high, h1); }
                if (TRows.Count > 2) { v = Vec.Create(xRow[2]); l2 = Vec.FusedMultiplyAdd(v, low, l2); h2 = Vec.FusedMultiplyAdd(v, high, h2); }
                if (TRows.Count > 3) { v = Vec.Create(xRow[3]); l3 = Vec.FusedMultiplyAdd(v, low, l3); h3 = Vec.FusedMultiplyAdd(v, high, h3); }
                if (TRows.Count > 4) { v = Vec.Create(xRow[4]); l4 = Vec.FusedMultiplyAdd(v, low, l4); h4 = Vec.FusedMultiplyAdd(v, high, h4); }
                if (TRows.Count > 5) { v = Vec.Create(xRow[5]); l5 = Vec.FusedMultiplyAdd(v, low, l5); h5 = Vec.FusedMultiplyAdd(v, high, h5); }
                if (TRows.Count > 6) { v = Vec.Create(xRow[6]); l6 = Vec.FusedMultiplyAdd(v, low, l6); h6 = Vec.FusedMultiplyAdd(v, high, h6); }
                if (TRows.Count > 7) { v = Vec.Create(xRow[7]); l7 = Vec.FusedMultiplyAdd(v, low, l7); h7 = Vec.FusedMultiplyAdd(v, high, h7); }
                if (TRows.Count > 8) { v = Vec.Create(xRow[8]); l8 = Vec.FusedMultiplyAdd(v, low, l8); h8 = Vec.FusedMultiplyAdd(v, high, h8); }
                if (TRows.Count > 9) { v = Vec.Create(xRow[9]); l9 = Vec.FusedMultiplyAdd(v, low, l9); h9 = Vec.FusedMultiplyAdd(v, high, h9); }
            }

            for (; next < end; next += 2)
            {
                FetchAhead(w, next);
                wRow = w + ((long)*next * PanelColumns);
                xRow = from;
                low = Vec.Load(wRow);
                high = Vec.Load(wRow + VecF.Count);
                v = Vec.Create(xRow[0]); l0 = Vec.FusedMultiplyAdd(v, low, l0); h0 = Vec.FusedMultiplyAdd(v, high, h0);
                if (TRows.Count > 1) { v = Vec.Create(xRow[1]); l1 = Vec.FusedMultiplyAdd(v, low, l1); h1 = Vec.FusedMultiplyAdd(v, high, h1); }
                if (TRows.Count > 2) { v = Vec.Create(xRow[2]); l2 = Vec.FusedMultiplyAdd(v, low, l2); h2 = Vec.FusedMultiplyAdd(v, high, h2); }
                if (TRows.Count > 3) { v = Vec.Create(xRow[3]); l3 = Vec.FusedMultiplyAdd(v, low, l3); h3 = Vec.FusedMultiplyAdd(v, high, h3); }
                if (TRows.Count > 4) { v = Vec.Create(xRow[4]); l4 = Vec.FusedMultiplyAdd(v, low, l4); h4 = Vec.FusedMultiplyAdd(v, high, h4); }
                if (TRows.Count > 5) { v = Vec.Create(xRow[5]); l5 = Vec.FusedMultiplyAdd(v, low, l5); h5 = Vec.FusedMultiplyAdd(v, high, h5); }
                if (TRows.Count > 6) { v = Vec.Create(xRow[6]); l6 = Vec.FusedMultiplyAdd(v, low, l6); h6 = Vec.FusedMultiplyAdd(v, high, h6); }
                if (TRows.Count > 7) { v = Vec.Create(xRow[7]); l7 = Vec.FusedMultiplyAdd(v, low, l7); h7 = Vec.FusedMultiplyAdd(v, high, h7); }
                if (TRows.Count > 8) { v = Vec.Create(xRow[8]); l8 = Vec.FusedMultiplyAdd(v, low, l8); h8 = Vec.FusedMultiplyAdd(v, high, h8); }
                if (TRows.Count > 9) { v = Vec.Create(xRow[9]); l9 = Vec.FusedMultiplyAdd(v, low, l9); h9 = Vec.FusedMultiplyAdd(v, high, h9); }

                wRow = w + ((long)next[1] * PanelColumns);
                xRow = from + xStride;
                from += 2 * xStride;
                low = Vec.Load(wRow);
                high = Vec.Load(wRow + VecF.Count);
                v = Vec.Create(xRow[0]); l0 = Vec.FusedMultiplyAdd(v, low, l0); h0 = Vec.FusedMultiplyAdd(v, high, h0);
                if (TRows.Count > 1) { v = Vec.Create(xRow[1]); l1 = Vec.FusedMultiplyAdd(v, low, l1); h1 = Vec.FusedMultiplyAdd(v, high, h1); }
                if (TRows.Count > 2) { v = Vec.Create(xRow[2]); l2 = Vec.FusedMultiplyAdd(v, low, l2); h2 = Vec.FusedMultiplyAdd(v, high, h2); }
                if (TRows.Count > 3) { v = Vec.Create(xRow[3]); l3 = Vec.FusedMultiplyAdd(v, low, l3); h3 = Vec.FusedMultiplyAdd(v, high, h3); }
                if (TRows.Count > 4) { v = Vec.Create(xRow[4]); l4 = Vec.FusedMultiplyAdd(v, low, l4); h4 = Vec.FusedMultiplyAdd(v, high, h4); }
                if (TRows.Count > 5) { v = Vec.Create(xRow[5]); l5 = Vec.FusedMultiplyAdd(v, low, l5); h5 = Vec.FusedMultiplyAdd(v, high, h5); }
                if (TRows.Count > 6) { v = Vec.Create(xRow[6]); l6 = Vec.FusedMultiplyAdd(v, low, l6); h6 = Vec.FusedMultiplyAdd(v, high, h6); }
                if (TRows.Count > 7) { v = Vec.Create(xRow[7]); l7 = Vec.FusedMultiplyAdd(v, low, l7); h7 = Vec.FusedMultiplyAdd(v, high, h7); }
                if (TRows.Count > 8) { v = Vec.Create(xRow[8]); l8 = Vec.FusedMultiplyAdd(v, low, l8); h8 = Vec.FusedMultiplyAdd(v, high, h8); }
                if (TRows.Count > 9) { v = Vec.Create(xRow[9]); l9 = Vec.FusedMultiplyAdd(v, low, l9); h9 = Vec.FusedMultiplyAdd(v, high, h9); }
            }

            StoreRow(l0, h0, biasOrNull, y);
            if (TRows.Count > 1) { StoreRow(l1, h1, biasOrNull, y + yStride); }
            if (TRows.Count > 2) { StoreRow(l2, h2, biasOrNull, y + (2 * yStride)); }
            if (TRows.Count > 3) { StoreRow(l3, h3, biasOrNull, y + (3 * yStride)); }
            if (TRows.Count > 4) { StoreRow(l4, h4, biasOrNull, y + (4 * yStride)); }
            if (TRows.Count > 5) { StoreRow(l5, h5, biasOrNull, y + (5 * yStride)); }
            if (TRows.Count > 6) { StoreRow(l6, h6, biasOrNull, y + (6 * yStride)); }
            if (TRows.Count > 7) { StoreRow(l7, h7, biasOrNull, y + (7 * yStride)); }
            if (TRows.Count > 8) { StoreRow(l8, h8, biasOrNull, y + (8 * yStride)); }
            if (TRows.Count > 9) { StoreRow(l9, h9, biasOrNull, y + (9 * yStride)); }
            x += TRows.Count;
            y += TRows.Count * yStride;
        }
    }

    /// <summary>Two rows of the panel that are read some 300 cycles later: the rows that dropout keeps lie where no prefetcher expects them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FetchAhead(float* w, int* kept)
    {
        float* first = w + ((long)kept[KeptUnits.Ahead - 2] * PanelColumns), second = w + ((long)kept[KeptUnits.Ahead - 1] * PanelColumns);
        Sse.Prefetch0(first);
        Sse.Prefetch0(first + VecF.Count);
        Sse.Prefetch0(second);
        Sse.Prefetch0(second + VecF.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreRow(VecF low, VecF high, float* biasOrNull, float* y)
    {
        float* from = biasOrNull == null ? y : biasOrNull;
        (low + Vec.Load(from)).Store(y);
        (high + Vec.Load(from + VecF.Count)).Store(y + VecF.Count);
    }
}
