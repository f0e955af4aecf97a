using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SdCompiler.Runtime;

/// <content>The forward product.</content>
internal sealed unsafe partial class Vector512Kernels
{
    /// <summary>10 rows by 2 vectors are 20 accumulators: with 2 loads of weights and 10 broadcasts for 20 multiply-adds, loads never limit.</summary>
    private const int ForwardRows = 10;

    /// <inheritdoc/>
    internal override void ForwardPanel(float* x, int xStride, float* w, int* kept, int count, float scale, float* biasOrNull, float* y, int yStride, int rows)
    {
        // Even blocks: 11 rows are 6 + 5, not 10 + 1, which would leave most registers of the second block idle.
        int blocks = (rows + ForwardRows - 1) / ForwardRows;
        for (int block = 0; block < blocks; block++)
        {
            int start = (int)((long)rows * block / blocks);
            int size = (int)((long)rows * (block + 1) / blocks) - start;
            float* xBlock = x + start;
            float* yBlock = y + ((long)start * yStride);
            switch (size)
            {
                case 1: ForwardTile<TileSizes.One>(xBlock, xStride, w, kept, count, scale, biasOrNull, yBlock, yStride); break;
                case 2: ForwardTile<TileSizes.Two>(xBlock, xStride, w, kept, count, scale, biasOrNull, yBlock, yStride); break;
                case 3: ForwardTile<TileSizes.Three>(xBlock, xStride, w, kept, count, scale, biasOrNull, yBlock, yStride); break;
                case 4: ForwardTile<TileSizes.Four>(xBlock, xStride, w, kept, count, scale, biasOrNull, yBlock, yStride); break;
                case 5: ForwardTile<TileSizes.Five>(xBlock, xStride, w, kept, count, scale, biasOrNull, yBlock, yStride); break;
                case 6: ForwardTile<TileSizes.Six>(xBlock, xStride, w, kept, count, scale, biasOrNull, yBlock, yStride); break;
                case 7: ForwardTile<TileSizes.Seven>(xBlock, xStride, w, kept, count, scale, biasOrNull, yBlock, yStride); break;
                case 8: ForwardTile<TileSizes.Eight>(xBlock, xStride, w, kept, count, scale, biasOrNull, yBlock, yStride); break;
                case 9: ForwardTile<TileSizes.Nine>(xBlock, xStride, w, kept, count, scale, biasOrNull, yBlock, yStride); break;
                case 10: ForwardTile<TileSizes.Ten>(xBlock, xStride, w, kept, count, scale, biasOrNull, yBlock, yStride); break;
            }
        }
    }

    // No tiering: the loop is hot from its first call, and nothing in it waits for a static field to become a constant.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ForwardTile<TRows>(float* x, int xStride, float* w, int* kept, int count, float scale, float* biasOrNull, float* y, int yStride)
        where TRows : struct, ITileSize
    {
        Vector512<float> l0 = Vector512<float>.Zero, h0 = Vector512<float>.Zero;
        Vector512<float> l1 = Vector512<float>.Zero, h1 = Vector512<float>.Zero;
        Vector512<float> l2 = Vector512<float>.Zero, h2 = Vector512<float>.Zero;
        Vector512<float> l3 = Vector512<float>.Zero, h3 = Vector512<float>.Zero;
        Vector512<float> l4 = Vector512<float>.Zero, h4 = Vector512<float>.Zero;
        Vector512<float> l5 = Vector512<float>.Zero, h5 = Vector512<float>.Zero;
        Vector512<float> l6 = Vector512<float>.Zero, h6 = Vector512<float>.Zero;
        Vector512<float> l7 = Vector512<float>.Zero, h7 = Vector512<float>.Zero;
        Vector512<float> l8 = Vector512<float>.Zero, h8 = Vector512<float>.Zero;
        Vector512<float> l9 = Vector512<float>.Zero, h9 = Vector512<float>.Zero;
        int* end = kept + count;
        for (; kept < end; kept++)
        {
            long k = *kept;
            float* wRow = w + (k * PanelColumns);
            float* xRow = x + (k * xStride);
            Vector512<float> low = Vector512.Load(wRow), high = Vector512.Load(wRow + 16), v;
            v = Vector512.Create(xRow[0]); l0 = Vector512.FusedMultiplyAdd(v, low, l0); h0 = Vector512.FusedMultiplyAdd(v, high, h0);
            if (TRows.Count > 1) { v = Vector512.Create(xRow[1]); l1 = Vector512.FusedMultiplyAdd(v, low, l1); h1 = Vector512.FusedMultiplyAdd(v, high, h1); }
            if (TRows.Count > 2) { v = Vector512.Create(xRow[2]); l2 = Vector512.FusedMultiplyAdd(v, low, l2); h2 = Vector512.FusedMultiplyAdd(v, high, h2); }
            if (TRows.Count > 3) { v = Vector512.Create(xRow[3]); l3 = Vector512.FusedMultiplyAdd(v, low, l3); h3 = Vector512.FusedMultiplyAdd(v, high, h3); }
            if (TRows.Count > 4) { v = Vector512.Create(xRow[4]); l4 = Vector512.FusedMultiplyAdd(v, low, l4); h4 = Vector512.FusedMultiplyAdd(v, high, h4); }
            if (TRows.Count > 5) { v = Vector512.Create(xRow[5]); l5 = Vector512.FusedMultiplyAdd(v, low, l5); h5 = Vector512.FusedMultiplyAdd(v, high, h5); }
            if (TRows.Count > 6) { v = Vector512.Create(xRow[6]); l6 = Vector512.FusedMultiplyAdd(v, low, l6); h6 = Vector512.FusedMultiplyAdd(v, high, h6); }
            if (TRows.Count > 7) { v = Vector512.Create(xRow[7]); l7 = Vector512.FusedMultiplyAdd(v, low, l7); h7 = Vector512.FusedMultiplyAdd(v, high, h7); }
            if (TRows.Count > 8) { v = Vector512.Create(xRow[8]); l8 = Vector512.FusedMultiplyAdd(v, low, l8); h8 = Vector512.FusedMultiplyAdd(v, high, h8); }
            if (TRows.Count > 9) { v = Vector512.Create(xRow[9]); l9 = Vector512.FusedMultiplyAdd(v, low, l9); h9 = Vector512.FusedMultiplyAdd(v, high, h9); }
        }

        Vector512<float> scales = Vector512.Create(scale);
        StoreRow(l0, h0, scales, biasOrNull, y);
        if (TRows.Count > 1) { StoreRow(l1, h1, scales, biasOrNull, y + (1L * yStride)); }
        if (TRows.Count > 2) { StoreRow(l2, h2, scales, biasOrNull, y + (2L * yStride)); }
        if (TRows.Count > 3) { StoreRow(l3, h3, scales, biasOrNull, y + (3L * yStride)); }
        if (TRows.Count > 4) { StoreRow(l4, h4, scales, biasOrNull, y + (4L * yStride)); }
        if (TRows.Count > 5) { StoreRow(l5, h5, scales, biasOrNull, y + (5L * yStride)); }
        if (TRows.Count > 6) { StoreRow(l6, h6, scales, biasOrNull, y + (6L * yStride)); }
        if (TRows.Count > 7) { StoreRow(l7, h7, scales, biasOrNull, y + (7L * yStride)); }
        if (TRows.Count > 8) { StoreRow(l8, h8, scales, biasOrNull, y + (8L * yStride)); }
        if (TRows.Count > 9) { StoreRow(l9, h9, scales, biasOrNull, y + (9L * yStride)); }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreRow(Vector512<float> low, Vector512<float> high, Vector512<float> scales, float* biasOrNull, float* y)
    {
        float* from = biasOrNull == null ? y : biasOrNull;
        Vector512.FusedMultiplyAdd(scales, low, Vector512.Load(from)).Store(y);
        Vector512.FusedMultiplyAdd(scales, high, Vector512.Load(from + 16)).Store(y + 16);
    }
}
