using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Vec = System.Runtime.Intrinsics.Vector128;
using VecF = System.Runtime.Intrinsics.Vector128<float>;

namespace SdCompiler.Runtime;

/// <content>The forward product.</content>
internal sealed unsafe partial class Vector128Kernels
{
    /// <summary>6 rows by 2 vectors are 12 accumulators of the 16 registers that every processor has.</summary>
    private const int ForwardRows = 6;

    /// <inheritdoc/>
    internal override void ForwardPanel(float* x, int xStride, float* w, int* kept, int count, float scale, float* biasOrNull, float* y, int yStride, int rows)
    {
        // Even blocks: 7 rows are 4 + 3, not 6 + 1, which would leave most registers of the second block idle.
        int blocks = (rows + ForwardRows - 1) / ForwardRows;
        for (int block = 0; block < blocks; block++)
        {
            int start = (int)((long)rows * block / blocks);
            int size = (int)((long)rows * (block + 1) / blocks) - start;
            float* xBlock = x + start;
            float* yBlock = y + ((long)start * yStride);
            for (int c = 0; c < PanelColumns; c += 2 * VecF.Count)
            {
                float* bias = biasOrNull == null ? null : biasOrNull + c;
                switch (size)
                {
                    case 1: ForwardTile<TileSizes.One>(xBlock, xStride, w + c, kept, count, scale, bias, yBlock + c, yStride); break;
                    case 2: ForwardTile<TileSizes.Two>(xBlock, xStride, w + c, kept, count, scale, bias, yBlock + c, yStride); break;
                    case 3: ForwardTile<TileSizes.Three>(xBlock, xStride, w + c, kept, count, scale, bias, yBlock + c, yStride); break;
                    case 4: ForwardTile<TileSizes.Four>(xBlock, xStride, w + c, kept, count, scale, bias, yBlock + c, yStride); break;
                    case 5: ForwardTile<TileSizes.Five>(xBlock, xStride, w + c, kept, count, scale, bias, yBlock + c, yStride); break;
                    case 6: ForwardTile<TileSizes.Six>(xBlock, xStride, w + c, kept, count, scale, bias, yBlock + c, yStride); break;
                }
            }
        }
    }

    // No tiering: the loop is hot from its first call, and nothing in it waits for a static field to become a constant.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ForwardTile<TRows>(float* x, long xStride, float* w, int* kept, int count, float scale, float* biasOrNull, float* y, long yStride)
        where TRows : struct, ITileSize
    {
        VecF l0 = VecF.Zero, h0 = VecF.Zero;
        VecF l1 = VecF.Zero, h1 = VecF.Zero;
        VecF l2 = VecF.Zero, h2 = VecF.Zero;
        VecF l3 = VecF.Zero, h3 = VecF.Zero;
        VecF l4 = VecF.Zero, h4 = VecF.Zero;
        VecF l5 = VecF.Zero, h5 = VecF.Zero;
        // Two kept rows a turn: the loop's own instructions would otherwise take a tenth of those that the processor starts in a cycle.
        VecF low, high, v;
        float* wRow, xRow;
        int* end = kept + count;
        if ((count & 1) != 0)
        {
            wRow = w + ((long)*kept * PanelColumns);
            xRow = x + (*kept * xStride);
            kept++;
            low = Vec.Load(wRow);
            high = Vec.Load(wRow + VecF.Count);
            v = Vec.Create(xRow[0]); l0 = Vec.MultiplyAddEstimate(v, low, l0); h0 = Vec.MultiplyAddEstimate(v, high, h0);
            if (TRows.Count > 1) { v = Vec.Create(xRow[1]); l1 = Vec.MultiplyAddEstimate(v, low, l1); h1 = Vec.MultiplyAddEstimate(v, high, h1); }
            if (TRows.Count > 2) { v = Vec.Create(xRow[2]); l2 = Vec.MultiplyAddEstimate(v, low, l2); h2 = Vec.MultiplyAddEstimate(v, high, h2); }
            if (TRows.Count > 3) { v = Vec.Create(xRow[3]); l3 = Vec.MultiplyAddEstimate(v, low, l3); h3 = Vec.MultiplyAddEstimate(v, high, h3); }
            if (TRows.Count > 4) { v = Vec.Create(xRow[4]); l4 = Vec.MultiplyAddEstimate(v, low, l4); h4 = Vec.MultiplyAddEstimate(v, high, h4); }
            if (TRows.Count > 5) { v = Vec.Create(xRow[5]); l5 = Vec.MultiplyAddEstimate(v, low, l5); h5 = Vec.MultiplyAddEstimate(v, high, h5); }
        }

        for (; kept < end; kept += 2)
        {
            wRow = w + ((long)*kept * PanelColumns);
            xRow = x + (*kept * xStride);
            low = Vec.Load(wRow);
            high = Vec.Load(wRow + VecF.Count);
            v = Vec.Create(xRow[0]); l0 = Vec.MultiplyAddEstimate(v, low, l0); h0 = Vec.MultiplyAddEstimate(v, high, h0);
            if (TRows.Count > 1) { v = Vec.Create(xRow[1]); l1 = Vec.MultiplyAddEstimate(v, low, l1); h1 = Vec.MultiplyAddEstimate(v, high, h1); }
            if (TRows.Count > 2) { v = Vec.Create(xRow[2]); l2 = Vec.MultiplyAddEstimate(v, low, l2); h2 = Vec.MultiplyAddEstimate(v, high, h2); }
            if (TRows.Count > 3) { v = Vec.Create(xRow[3]); l3 = Vec.MultiplyAddEstimate(v, low, l3); h3 = Vec.MultiplyAddEstimate(v, high, h3); }
            if (TRows.Count > 4) { v = Vec.Create(xRow[4]); l4 = Vec.MultiplyAddEstimate(v, low, l4); h4 = Vec.MultiplyAddEstimate(v, high, h4); }
            if (TRows.Count > 5) { v = Vec.Create(xRow[5]); l5 = Vec.MultiplyAddEstimate(v, low, l5); h5 = Vec.MultiplyAddEstimate(v, high, h5); }

            wRow = w + ((long)kept[1] * PanelColumns);
            xRow = x + (kept[1] * xStride);
            low = Vec.Load(wRow);
            high = Vec.Load(wRow + VecF.Count);
            v = Vec.Create(xRow[0]); l0 = Vec.MultiplyAddEstimate(v, low, l0); h0 = Vec.MultiplyAddEstimate(v, high, h0);
            if (TRows.Count > 1) { v = Vec.Create(xRow[1]); l1 = Vec.MultiplyAddEstimate(v, low, l1); h1 = Vec.MultiplyAddEstimate(v, high, h1); }
            if (TRows.Count > 2) { v = Vec.Create(xRow[2]); l2 = Vec.MultiplyAddEstimate(v, low, l2); h2 = Vec.MultiplyAddEstimate(v, high, h2); }
            if (TRows.Count > 3) { v = Vec.Create(xRow[3]); l3 = Vec.MultiplyAddEstimate(v, low, l3); h3 = Vec.MultiplyAddEstimate(v, high, h3); }
            if (TRows.Count > 4) { v = Vec.Create(xRow[4]); l4 = Vec.MultiplyAddEstimate(v, low, l4); h4 = Vec.MultiplyAddEstimate(v, high, h4); }
            if (TRows.Count > 5) { v = Vec.Create(xRow[5]); l5 = Vec.MultiplyAddEstimate(v, low, l5); h5 = Vec.MultiplyAddEstimate(v, high, h5); }
        }

        VecF scales = Vec.Create(scale);
        StoreRow(l0, h0, scales, biasOrNull, y);
        if (TRows.Count > 1) { StoreRow(l1, h1, scales, biasOrNull, y + yStride); }
        if (TRows.Count > 2) { StoreRow(l2, h2, scales, biasOrNull, y + (2 * yStride)); }
        if (TRows.Count > 3) { StoreRow(l3, h3, scales, biasOrNull, y + (3 * yStride)); }
        if (TRows.Count > 4) { StoreRow(l4, h4, scales, biasOrNull, y + (4 * yStride)); }
        if (TRows.Count > 5) { StoreRow(l5, h5, scales, biasOrNull, y + (5 * yStride)); }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreRow(VecF low, VecF high, VecF scales, float* biasOrNull, float* y)
    {
        float* from = biasOrNull == null ? y : biasOrNull;
        Vec.MultiplyAddEstimate(scales, low, Vec.Load(from)).Store(y);
        Vec.MultiplyAddEstimate(scales, high, Vec.Load(from + VecF.Count)).Store(y + VecF.Count);
    }
}
