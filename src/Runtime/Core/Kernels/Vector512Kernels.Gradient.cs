using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SdCompiler.Runtime;

/// <content>The weight gradient.</content>
internal sealed unsafe partial class Vector512Kernels
{
    /// <summary>10 kept rows by 2 vectors: the tile of dW stays in registers while the batch is summed, and is read and written once.</summary>
    private const int GradientRows = 10;

    /// <inheritdoc/>
    internal override void WeightGradientPanel(float* x, int xStride, float* dy, int dyStride, int* kept, int count, float scale, float* dw, int rows)
    {
        int blocks = (count + GradientRows - 1) / GradientRows;
        for (int block = 0; block < blocks; block++)
        {
            int start = (int)((long)count * block / blocks);
            int size = (int)((long)count * (block + 1) / blocks) - start;
            int* keptBlock = kept + start;
            switch (size)
            {
                case 1: GradientTile<TileSizes.One>(x, xStride, dy, dyStride, keptBlock, scale, dw, rows); break;
                case 2: GradientTile<TileSizes.Two>(x, xStride, dy, dyStride, keptBlock, scale, dw, rows); break;
                case 3: GradientTile<TileSizes.Three>(x, xStride, dy, dyStride, keptBlock, scale, dw, rows); break;
                case 4: GradientTile<TileSizes.Four>(x, xStride, dy, dyStride, keptBlock, scale, dw, rows); break;
                case 5: GradientTile<TileSizes.Five>(x, xStride, dy, dyStride, keptBlock, scale, dw, rows); break;
                case 6: GradientTile<TileSizes.Six>(x, xStride, dy, dyStride, keptBlock, scale, dw, rows); break;
                case 7: GradientTile<TileSizes.Seven>(x, xStride, dy, dyStride, keptBlock, scale, dw, rows); break;
                case 8: GradientTile<TileSizes.Eight>(x, xStride, dy, dyStride, keptBlock, scale, dw, rows); break;
                case 9: GradientTile<TileSizes.Nine>(x, xStride, dy, dyStride, keptBlock, scale, dw, rows); break;
                case 10: GradientTile<TileSizes.Ten>(x, xStride, dy, dyStride, keptBlock, scale, dw, rows); break;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void GradientTile<TKept>(float* x, int xStride, float* dy, int dyStride, int* kept, float scale, float* dw, int rows)
        where TKept : struct, ITileSize
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
        float* x0 = x + ((long)kept[0] * xStride);
        float* x1 = x + (TKept.Count > 1 ? (long)kept[1] * xStride : 0);
        float* x2 = x + (TKept.Count > 2 ? (long)kept[2] * xStride : 0);
        float* x3 = x + (TKept.Count > 3 ? (long)kept[3] * xStride : 0);
        float* x4 = x + (TKept.Count > 4 ? (long)kept[4] * xStride : 0);
        float* x5 = x + (TKept.Count > 5 ? (long)kept[5] * xStride : 0);
        float* x6 = x + (TKept.Count > 6 ? (long)kept[6] * xStride : 0);
        float* x7 = x + (TKept.Count > 7 ? (long)kept[7] * xStride : 0);
        float* x8 = x + (TKept.Count > 8 ? (long)kept[8] * xStride : 0);
        float* x9 = x + (TKept.Count > 9 ? (long)kept[9] * xStride : 0);
        for (long b = 0; b < rows; b++)
        {
            Vector512<float> low = Vector512.Load(dy), high = Vector512.Load(dy + 16), v;
            dy += dyStride;
            v = Vector512.Create(x0[b]); l0 = Vector512.FusedMultiplyAdd(v, low, l0); h0 = Vector512.FusedMultiplyAdd(v, high, h0);
            if (TKept.Count > 1) { v = Vector512.Create(x1[b]); l1 = Vector512.FusedMultiplyAdd(v, low, l1); h1 = Vector512.FusedMultiplyAdd(v, high, h1); }
            if (TKept.Count > 2) { v = Vector512.Create(x2[b]); l2 = Vector512.FusedMultiplyAdd(v, low, l2); h2 = Vector512.FusedMultiplyAdd(v, high, h2); }
            if (TKept.Count > 3) { v = Vector512.Create(x3[b]); l3 = Vector512.FusedMultiplyAdd(v, low, l3); h3 = Vector512.FusedMultiplyAdd(v, high, h3); }
            if (TKept.Count > 4) { v = Vector512.Create(x4[b]); l4 = Vector512.FusedMultiplyAdd(v, low, l4); h4 = Vector512.FusedMultiplyAdd(v, high, h4); }
            if (TKept.Count > 5) { v = Vector512.Create(x5[b]); l5 = Vector512.FusedMultiplyAdd(v, low, l5); h5 = Vector512.FusedMultiplyAdd(v, high, h5); }
            if (TKept.Count > 6) { v = Vector512.Create(x6[b]); l6 = Vector512.FusedMultiplyAdd(v, low, l6); h6 = Vector512.FusedMultiplyAdd(v, high, h6); }
            if (TKept.Count > 7) { v = Vector512.Create(x7[b]); l7 = Vector512.FusedMultiplyAdd(v, low, l7); h7 = Vector512.FusedMultiplyAdd(v, high, h7); }
            if (TKept.Count > 8) { v = Vector512.Create(x8[b]); l8 = Vector512.FusedMultiplyAdd(v, low, l8); h8 = Vector512.FusedMultiplyAdd(v, high, h8); }
            if (TKept.Count > 9) { v = Vector512.Create(x9[b]); l9 = Vector512.FusedMultiplyAdd(v, low, l9); h9 = Vector512.FusedMultiplyAdd(v, high, h9); }
        }

        Vector512<float> scales = Vector512.Create(scale);
        AddRow(l0, h0, scales, dw + ((long)kept[0] * PanelColumns));
        if (TKept.Count > 1) { AddRow(l1, h1, scales, dw + ((long)kept[1] * PanelColumns)); }
        if (TKept.Count > 2) { AddRow(l2, h2, scales, dw + ((long)kept[2] * PanelColumns)); }
        if (TKept.Count > 3) { AddRow(l3, h3, scales, dw + ((long)kept[3] * PanelColumns)); }
        if (TKept.Count > 4) { AddRow(l4, h4, scales, dw + ((long)kept[4] * PanelColumns)); }
        if (TKept.Count > 5) { AddRow(l5, h5, scales, dw + ((long)kept[5] * PanelColumns)); }
        if (TKept.Count > 6) { AddRow(l6, h6, scales, dw + ((long)kept[6] * PanelColumns)); }
        if (TKept.Count > 7) { AddRow(l7, h7, scales, dw + ((long)kept[7] * PanelColumns)); }
        if (TKept.Count > 8) { AddRow(l8, h8, scales, dw + ((long)kept[8] * PanelColumns)); }
        if (TKept.Count > 9) { AddRow(l9, h9, scales, dw + ((long)kept[9] * PanelColumns)); }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddRow(Vector512<float> low, Vector512<float> high, Vector512<float> scales, float* dw)
    {
        Vector512.FusedMultiplyAdd(scales, low, Vector512.Load(dw)).Store(dw);
        Vector512.FusedMultiplyAdd(scales, high, Vector512.Load(dw + 16)).Store(dw + 16);
    }
}
