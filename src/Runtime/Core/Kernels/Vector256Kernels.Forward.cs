using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Vec = System.Runtime.Intrinsics.Vector256;
using VecF = System.Runtime.Intrinsics.Vector256<float>;

namespace SdCompiler.Runtime;

/// <content>The forward product.</content>
internal sealed unsafe partial class Vector256Kernels
{
    /// <summary>6 rows by 2 vectors are 12 accumulators of 16 registers; the other three hold the weights and one broadcast.</summary>
    private const int ForwardRows = 6;

    /// <inheritdoc/>
    internal override void ForwardPanel(float* x, int xStride, float* w, int* kept, int count, float* biasOrNull, float* y, int yStride, int rows)
    {
        switch (rows)
        {
            case 1: ForwardWholeRows<TileSizes.One>(x, xStride, w, kept, count, biasOrNull, y, yStride); return;
            case 2: ForwardWholeRows<TileSizes.Two>(x, xStride, w, kept, count, biasOrNull, y, yStride); return;
            case 3: ForwardWholeRows<TileSizes.Three>(x, xStride, w, kept, count, biasOrNull, y, yStride); return;
        }

        // Even blocks: 7 rows are 4 + 3, not 6 + 1, which would leave most registers of the second block idle.
        int blocks = (rows + ForwardRows - 1) / ForwardRows, size = blocks == 0 ? 0 : rows / blocks, larger = rows - (size * blocks);
        ForwardBlocks(size + 1, larger, x, xStride, w, kept, count, biasOrNull, y, yStride);
        int done = (size + 1) * larger;
        ForwardBlocks(size, blocks - larger, x + done, xStride, w, kept, count, biasOrNull, y + ((long)done * yStride), yStride);
    }

    /// <summary>
    /// Few rows by all 32 columns: with one row a product is as fast as weights come from memory, and half a row of W at a time would read every second line
    /// of it twice over. The order of each sum is that of the other tiles.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ForwardWholeRows<TRows>(float* x, long xStride, float* w, int* kept, int count, float* biasOrNull, float* y, long yStride)
        where TRows : struct, ITileSize
    {
        VecF a0 = VecF.Zero, b0 = VecF.Zero, c0 = VecF.Zero, d0 = VecF.Zero;
        VecF a1 = VecF.Zero, b1 = VecF.Zero, c1 = VecF.Zero, d1 = VecF.Zero;
        VecF a2 = VecF.Zero, b2 = VecF.Zero, c2 = VecF.Zero, d2 = VecF.Zero;
        for (int* end = kept + count; kept < end; kept++)
        {
            float* fetch = w + ((long)kept[KeptUnits.Ahead - 1] * PanelColumns), wRow = w + ((long)*kept * PanelColumns);
            Sse.Prefetch0(fetch);
            Sse.Prefetch0(fetch + (2 * VecF.Count));
            VecF x0 = Vec.Create(x[0]), x1 = TRows.Count > 1 ? Vec.Create(x[1]) : x0, x2 = TRows.Count > 2 ? Vec.Create(x[2]) : x0, v;
            v = Vec.Load(wRow); a0 = Vec.FusedMultiplyAdd(x0, v, a0);
            if (TRows.Count > 1) { a1 = Vec.FusedMultiplyAdd(x1, v, a1); }
            if (TRows.Count > 2) { a2 = Vec.FusedMultiplyAdd(x2, v, a2); }
            v = Vec.Load(wRow + VecF.Count); b0 = Vec.FusedMultiplyAdd(x0, v, b0);
            if (TRows.Count > 1) { b1 = Vec.FusedMultiplyAdd(x1, v, b1); }
            if (TRows.Count > 2) { b2 = Vec.FusedMultiplyAdd(x2, v, b2); }
            v = Vec.Load(wRow + (2 * VecF.Count)); c0 = Vec.FusedMultiplyAdd(x0, v, c0);
            if (TRows.Count > 1) { c1 = Vec.FusedMultiplyAdd(x1, v, c1); }
            if (TRows.Count > 2) { c2 = Vec.FusedMultiplyAdd(x2, v, c2); }
            v = Vec.Load(wRow + (3 * VecF.Count)); d0 = Vec.FusedMultiplyAdd(x0, v, d0);
            if (TRows.Count > 1) { d1 = Vec.FusedMultiplyAdd(x1, v, d1); }
            if (TRows.Count > 2) { d2 = Vec.FusedMultiplyAdd(x2, v, d2); }
            x += xStride;
        }

        float* half = biasOrNull == null ? null : biasOrNull + (2 * VecF.Count);
        StoreRow(a0, b0, biasOrNull, y);
        StoreRow(c0, d0, half, y + (2 * VecF.Count));
        if (TRows.Count > 1) { StoreRow(a1, b1, biasOrNull, y + yStride); StoreRow(c1, d1, half, y + yStride + (2 * VecF.Count)); }
        if (TRows.Count > 2) { StoreRow(a2, b2, biasOrNull, y + (2 * yStride)); StoreRow(c2, d2, half, y + (2 * yStride) + (2 * VecF.Count)); }
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
            for (int c = 0; c < PanelColumns; c += 2 * VecF.Count)
            {
                float* panel = w + c, to = y + c, bias = biasOrNull == null ? null : biasOrNull + c;
                VecF l0 = VecF.Zero, h0 = VecF.Zero;
                VecF l1 = VecF.Zero, h1 = VecF.Zero;
                VecF l2 = VecF.Zero, h2 = VecF.Zero;
                VecF l3 = VecF.Zero, h3 = VecF.Zero;
                VecF l4 = VecF.Zero, h4 = VecF.Zero;
                VecF l5 = VecF.Zero, h5 = VecF.Zero;
                // Two kept rows a turn: the loop's own instructions would otherwise take a tenth of those that the processor starts in a cycle.
                VecF low, high, v;
                float* wRow, xRow;
                int* next = kept, end = kept + count;
                float* from = x;
                if ((count & 1) != 0)
                {
                    wRow = panel + ((long)*next * PanelColumns);
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
                }

                for (; next < end; next += 2)
                {
                    Sse.Prefetch0(panel + ((long)next[KeptUnits.Ahead - 2] * PanelColumns));
                    Sse.Prefetch0(panel + ((long)next[KeptUnits.Ahead - 1] * PanelColumns));
                    wRow = panel + ((long)*next * PanelColumns);
                    xRow = from;
                    low = Vec.Load(wRow);
                    high = Vec.Load(wRow + VecF.Count);
                    v = Vec.Create(xRow[0]); l0 = Vec.FusedMultiplyAdd(v, low, l0); h0 = Vec.FusedMultiplyAdd(v, high, h0);
                    if (TRows.Count > 1) { v = Vec.Create(xRow[1]); l1 = Vec.FusedMultiplyAdd(v, low, l1); h1 = Vec.FusedMultiplyAdd(v, high, h1); }
                    if (TRows.Count > 2) { v = Vec.Create(xRow[2]); l2 = Vec.FusedMultiplyAdd(v, low, l2); h2 = Vec.FusedMultiplyAdd(v, high, h2); }
                    if (TRows.Count > 3) { v = Vec.Create(xRow[3]); l3 = Vec.FusedMultiplyAdd(v, low, l3); h3 = Vec.FusedMultiplyAdd(v, high, h3); }
                    if (TRows.Count > 4) { v = Vec.Create(xRow[4]); l4 = Vec.FusedMultiplyAdd(v, low, l4); h4 = Vec.FusedMultiplyAdd(v, high, h4); }
                    if (TRows.Count > 5) { v = Vec.Create(xRow[5]); l5 = Vec.FusedMultiplyAdd(v, low, l5); h5 = Vec.FusedMultiplyAdd(v, high, h5); }

                    wRow = panel + ((long)next[1] * PanelColumns);
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
                }

                StoreRow(l0, h0, bias, to);
                if (TRows.Count > 1) { StoreRow(l1, h1, bias, to + yStride); }
                if (TRows.Count > 2) { StoreRow(l2, h2, bias, to + (2 * yStride)); }
                if (TRows.Count > 3) { StoreRow(l3, h3, bias, to + (3 * yStride)); }
                if (TRows.Count > 4) { StoreRow(l4, h4, bias, to + (4 * yStride)); }
                if (TRows.Count > 5) { StoreRow(l5, h5, bias, to + (5 * yStride)); }
            }

            x += TRows.Count;
            y += TRows.Count * yStride;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreRow(VecF low, VecF high, float* biasOrNull, float* y)
    {
        float* from = biasOrNull == null ? y : biasOrNull;
        (low + Vec.Load(from)).Store(y);
        (high + Vec.Load(from + VecF.Count)).Store(y + VecF.Count);
    }
}
