using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SdCompiler.Runtime;

/// <content>The backward product.</content>
internal sealed unsafe partial class Vector512Kernels
{
    /// <summary>6 kept rows by 4 rows of the batch: 24 accumulators, 10 loads for 24 multiply-adds.</summary>
    private const int BackwardKept = 6;

    /// <inheritdoc/>
    internal override void BackwardRows(float* dy, int dyStride, int columns, float* wRows, long rowStride, int* kept, int count, float scale, float* dx, int dxStride, int rows)
    {
        int blocks = (count + BackwardKept - 1) / BackwardKept;
        for (int block = 0; block < blocks; block++)
        {
            int start = (int)((long)count * block / blocks);
            int size = (int)((long)count * (block + 1) / blocks) - start;
            int* keptBlock = kept + start;
            switch (size)
            {
                case 1: BackwardKeptRows<TileSizes.One>(dy, dyStride, columns, wRows, rowStride, keptBlock, scale, dx, dxStride, rows); break;
                case 2: BackwardKeptRows<TileSizes.Two>(dy, dyStride, columns, wRows, rowStride, keptBlock, scale, dx, dxStride, rows); break;
                case 3: BackwardKeptRows<TileSizes.Three>(dy, dyStride, columns, wRows, rowStride, keptBlock, scale, dx, dxStride, rows); break;
                case 4: BackwardKeptRows<TileSizes.Four>(dy, dyStride, columns, wRows, rowStride, keptBlock, scale, dx, dxStride, rows); break;
                case 5: BackwardKeptRows<TileSizes.Five>(dy, dyStride, columns, wRows, rowStride, keptBlock, scale, dx, dxStride, rows); break;
                case 6: BackwardKeptRows<TileSizes.Six>(dy, dyStride, columns, wRows, rowStride, keptBlock, scale, dx, dxStride, rows); break;
            }
        }
    }

    private static void BackwardKeptRows<TKept>(float* dy, int dyStride, int columns, float* wRows, long rowStride, int* kept, float scale, float* dx, int dxStride, int rows)
        where TKept : struct, ITileSize
    {
        int b = 0;
        for (; b + 4 <= rows; b += 4)
        {
            BackwardTile<TKept, TileSizes.Four>(dy + ((long)b * dyStride), dyStride, columns, wRows, rowStride, kept, scale, dx + b, dxStride);
        }

        switch (rows - b)
        {
            case 1: BackwardTile<TKept, TileSizes.One>(dy + ((long)b * dyStride), dyStride, columns, wRows, rowStride, kept, scale, dx + b, dxStride); break;
            case 2: BackwardTile<TKept, TileSizes.Two>(dy + ((long)b * dyStride), dyStride, columns, wRows, rowStride, kept, scale, dx + b, dxStride); break;
            case 3: BackwardTile<TKept, TileSizes.Three>(dy + ((long)b * dyStride), dyStride, columns, wRows, rowStride, kept, scale, dx + b, dxStride); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void BackwardTile<TKept, TRows>(float* dy, int dyStride, int columns, float* wRows, long rowStride, int* kept, float scale, float* dx, int dxStride)
        where TKept : struct, ITileSize
        where TRows : struct, ITileSize
    {
        Vector512<float> s00 = Vector512<float>.Zero, s01 = Vector512<float>.Zero, s02 = Vector512<float>.Zero, s03 = Vector512<float>.Zero;
        Vector512<float> s10 = Vector512<float>.Zero, s11 = Vector512<float>.Zero, s12 = Vector512<float>.Zero, s13 = Vector512<float>.Zero;
        Vector512<float> s20 = Vector512<float>.Zero, s21 = Vector512<float>.Zero, s22 = Vector512<float>.Zero, s23 = Vector512<float>.Zero;
        Vector512<float> s30 = Vector512<float>.Zero, s31 = Vector512<float>.Zero, s32 = Vector512<float>.Zero, s33 = Vector512<float>.Zero;
        Vector512<float> s40 = Vector512<float>.Zero, s41 = Vector512<float>.Zero, s42 = Vector512<float>.Zero, s43 = Vector512<float>.Zero;
        Vector512<float> s50 = Vector512<float>.Zero, s51 = Vector512<float>.Zero, s52 = Vector512<float>.Zero, s53 = Vector512<float>.Zero;
        float* w0 = wRows + (kept[0] * rowStride);
        float* w1 = wRows + (TKept.Count > 1 ? kept[1] * rowStride : 0);
        float* w2 = wRows + (TKept.Count > 2 ? kept[2] * rowStride : 0);
        float* w3 = wRows + (TKept.Count > 3 ? kept[3] * rowStride : 0);
        float* w4 = wRows + (TKept.Count > 4 ? kept[4] * rowStride : 0);
        float* w5 = wRows + (TKept.Count > 5 ? kept[5] * rowStride : 0);
        float* dy1 = dy + (1L * dyStride);
        float* dy2 = dy + (2L * dyStride);
        float* dy3 = dy + (3L * dyStride);
        for (long n = 0; n < columns; n += 16)
        {
            Vector512<float> d0 = Vector512.Load(dy + n), d1 = d0, d2 = d0, d3 = d0, v;
            if (TRows.Count > 1) { d1 = Vector512.Load(dy1 + n); }
            if (TRows.Count > 2) { d2 = Vector512.Load(dy2 + n); }
            if (TRows.Count > 3) { d3 = Vector512.Load(dy3 + n); }
            v = Vector512.Load(w0 + n);
            s00 = Vector512.FusedMultiplyAdd(v, d0, s00);
            if (TRows.Count > 1) { s01 = Vector512.FusedMultiplyAdd(v, d1, s01); }
            if (TRows.Count > 2) { s02 = Vector512.FusedMultiplyAdd(v, d2, s02); }
            if (TRows.Count > 3) { s03 = Vector512.FusedMultiplyAdd(v, d3, s03); }
            if (TKept.Count > 1)
            {
                v = Vector512.Load(w1 + n);
                s10 = Vector512.FusedMultiplyAdd(v, d0, s10);
                if (TRows.Count > 1) { s11 = Vector512.FusedMultiplyAdd(v, d1, s11); }
                if (TRows.Count > 2) { s12 = Vector512.FusedMultiplyAdd(v, d2, s12); }
                if (TRows.Count > 3) { s13 = Vector512.FusedMultiplyAdd(v, d3, s13); }
            }

            if (TKept.Count > 2)
            {
                v = Vector512.Load(w2 + n);
                s20 = Vector512.FusedMultiplyAdd(v, d0, s20);
                if (TRows.Count > 1) { s21 = Vector512.FusedMultiplyAdd(v, d1, s21); }
                if (TRows.Count > 2) { s22 = Vector512.FusedMultiplyAdd(v, d2, s22); }
                if (TRows.Count > 3) { s23 = Vector512.FusedMultiplyAdd(v, d3, s23); }
            }

            if (TKept.Count > 3)
            {
                v = Vector512.Load(w3 + n);
                s30 = Vector512.FusedMultiplyAdd(v, d0, s30);
                if (TRows.Count > 1) { s31 = Vector512.FusedMultiplyAdd(v, d1, s31); }
                if (TRows.Count > 2) { s32 = Vector512.FusedMultiplyAdd(v, d2, s32); }
                if (TRows.Count > 3) { s33 = Vector512.FusedMultiplyAdd(v, d3, s33); }
            }

            if (TKept.Count > 4)
            {
                v = Vector512.Load(w4 + n);
                s40 = Vector512.FusedMultiplyAdd(v, d0, s40);
                if (TRows.Count > 1) { s41 = Vector512.FusedMultiplyAdd(v, d1, s41); }
                if (TRows.Count > 2) { s42 = Vector512.FusedMultiplyAdd(v, d2, s42); }
                if (TRows.Count > 3) { s43 = Vector512.FusedMultiplyAdd(v, d3, s43); }
            }

            if (TKept.Count > 5)
            {
                v = Vector512.Load(w5 + n);
                s50 = Vector512.FusedMultiplyAdd(v, d0, s50);
                if (TRows.Count > 1) { s51 = Vector512.FusedMultiplyAdd(v, d1, s51); }
                if (TRows.Count > 2) { s52 = Vector512.FusedMultiplyAdd(v, d2, s52); }
                if (TRows.Count > 3) { s53 = Vector512.FusedMultiplyAdd(v, d3, s53); }
            }

        }

        AddSums<TRows>(s00, s01, s02, s03, scale, dx + ((long)kept[0] * dxStride));
        if (TKept.Count > 1) { AddSums<TRows>(s10, s11, s12, s13, scale, dx + ((long)kept[1] * dxStride)); }
        if (TKept.Count > 2) { AddSums<TRows>(s20, s21, s22, s23, scale, dx + ((long)kept[2] * dxStride)); }
        if (TKept.Count > 3) { AddSums<TRows>(s30, s31, s32, s33, scale, dx + ((long)kept[3] * dxStride)); }
        if (TKept.Count > 4) { AddSums<TRows>(s40, s41, s42, s43, scale, dx + ((long)kept[4] * dxStride)); }
        if (TKept.Count > 5) { AddSums<TRows>(s50, s51, s52, s53, scale, dx + ((long)kept[5] * dxStride)); }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddSums<TRows>(Vector512<float> s0, Vector512<float> s1, Vector512<float> s2, Vector512<float> s3, float scale, float* dx)
        where TRows : struct, ITileSize
    {
        // Transposes while it adds, so that the four sums end side by side, as dx wants them.
        Vector512<float> s01 = Avx512F.UnpackLow(s0, s1) + Avx512F.UnpackHigh(s0, s1);
        Vector512<float> s23 = Avx512F.UnpackLow(s2, s3) + Avx512F.UnpackHigh(s2, s3);
        Vector512<float> quad = Avx512F.UnpackLow(s01.AsDouble(), s23.AsDouble()).AsSingle() + Avx512F.UnpackHigh(s01.AsDouble(), s23.AsDouble()).AsSingle();
        Vector256<float> half = quad.GetLower() + quad.GetUpper();
        Vector128<float> sums = (half.GetLower() + half.GetUpper()) * scale;
        if (TRows.Count == 4)
        {
            (Vector128.Load(dx) + sums).Store(dx);
        }
        else
        {
            dx[0] += sums[0];
            if (TRows.Count > 1) { dx[1] += sums[1]; }
            if (TRows.Count > 2) { dx[2] += sums[2]; }
        }
    }
}
