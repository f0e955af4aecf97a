using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Vec = System.Runtime.Intrinsics.Vector512;
using VecF = System.Runtime.Intrinsics.Vector512<float>;

namespace SdCompiler.Runtime;

/// <content>The backward product.</content>
internal sealed unsafe partial class Vector512Kernels
{
    /// <summary>6 kept rows by 4 rows of the batch: 24 accumulators, and 10 loads for 24 multiply-adds.</summary>
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

    private static void BackwardKeptRows<TKept>(float* dy, long dyStride, int columns, float* wRows, long rowStride, int* kept, float scale, float* dx, int dxStride, int rows)
        where TKept : struct, ITileSize
    {
        // The kept rows of W stay in the first-level cache while the batch passes by.
        int tiles = rows / 4, done = 4 * tiles;
        BackwardTiles<TKept, TileSizes.Four>(dy, dyStride, columns, wRows, rowStride, kept, scale, dx, dxStride, tiles);
        dy += done * dyStride;
        dx += done;
        switch (rows - done)
        {
            case 1: BackwardTiles<TKept, TileSizes.One>(dy, dyStride, columns, wRows, rowStride, kept, scale, dx, dxStride, 1); break;
            case 2: BackwardTiles<TKept, TileSizes.Two>(dy, dyStride, columns, wRows, rowStride, kept, scale, dx, dxStride, 1); break;
            case 3: BackwardTiles<TKept, TileSizes.Three>(dy, dyStride, columns, wRows, rowStride, kept, scale, dx, dxStride, 1); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void BackwardTiles<TKept, TRows>(float* dy, long dyStride, int columns, float* wRows, long rowStride, int* kept, float scale, float* dx, long dxStride, int tiles)
        where TKept : struct, ITileSize
        where TRows : struct, ITileSize
    {
        float* w0 = wRows + (kept[0] * rowStride);
        float* w1 = TKept.Count > 1 ? wRows + (kept[1] * rowStride) : null;
        float* w2 = TKept.Count > 2 ? wRows + (kept[2] * rowStride) : null;
        float* w3 = TKept.Count > 3 ? wRows + (kept[3] * rowStride) : null;
        float* w4 = TKept.Count > 4 ? wRows + (kept[4] * rowStride) : null;
        float* w5 = TKept.Count > 5 ? wRows + (kept[5] * rowStride) : null;
        for (; tiles > 0; tiles--)
        {
            VecF s00 = VecF.Zero, s01 = VecF.Zero, s02 = VecF.Zero, s03 = VecF.Zero;
            VecF s10 = VecF.Zero, s11 = VecF.Zero, s12 = VecF.Zero, s13 = VecF.Zero;
            VecF s20 = VecF.Zero, s21 = VecF.Zero, s22 = VecF.Zero, s23 = VecF.Zero;
            VecF s30 = VecF.Zero, s31 = VecF.Zero, s32 = VecF.Zero, s33 = VecF.Zero;
            VecF s40 = VecF.Zero, s41 = VecF.Zero, s42 = VecF.Zero, s43 = VecF.Zero;
            VecF s50 = VecF.Zero, s51 = VecF.Zero, s52 = VecF.Zero, s53 = VecF.Zero;
            float* dy1 = dy + (1 * dyStride);
            float* dy2 = dy + (2 * dyStride);
            float* dy3 = dy + (3 * dyStride);
            for (long n = 0; n < columns; n += VecF.Count)
            {
                VecF d0 = Vec.Load(dy + n), d1, d2, d3, v;
                d1 = TRows.Count > 1 ? Vec.Load(dy1 + n) : d0;
                d2 = TRows.Count > 2 ? Vec.Load(dy2 + n) : d0;
                d3 = TRows.Count > 3 ? Vec.Load(dy3 + n) : d0;
                v = Vec.Load(w0 + n);
                s00 = Vec.FusedMultiplyAdd(v, d0, s00);
                if (TRows.Count > 1) { s01 = Vec.FusedMultiplyAdd(v, d1, s01); }
                if (TRows.Count > 2) { s02 = Vec.FusedMultiplyAdd(v, d2, s02); }
                if (TRows.Count > 3) { s03 = Vec.FusedMultiplyAdd(v, d3, s03); }

                if (TKept.Count > 1)
                {
                    v = Vec.Load(w1 + n);
                    s10 = Vec.FusedMultiplyAdd(v, d0, s10);
                    if (TRows.Count > 1) { s11 = Vec.FusedMultiplyAdd(v, d1, s11); }
                    if (TRows.Count > 2) { s12 = Vec.FusedMultiplyAdd(v, d2, s12); }
                    if (TRows.Count > 3) { s13 = Vec.FusedMultiplyAdd(v, d3, s13); }
                }

                if (TKept.Count > 2)
                {
                    v = Vec.Load(w2 + n);
                    s20 = Vec.FusedMultiplyAdd(v, d0, s20);
                    if (TRows.Count > 1) { s21 = Vec.FusedMultiplyAdd(v, d1, s21); }
                    if (TRows.Count > 2) { s22 = Vec.FusedMultiplyAdd(v, d2, s22); }
                    if (TRows.Count > 3) { s23 = Vec.FusedMultiplyAdd(v, d3, s23); }
                }

                if (TKept.Count > 3)
                {
                    v = Vec.Load(w3 + n);
                    s30 = Vec.FusedMultiplyAdd(v, d0, s30);
                    if (TRows.Count > 1) { s31 = Vec.FusedMultiplyAdd(v, d1, s31); }
                    if (TRows.Count > 2) { s32 = Vec.FusedMultiplyAdd(v, d2, s32); }
                    if (TRows.Count > 3) { s33 = Vec.FusedMultiplyAdd(v, d3, s33); }
                }

                if (TKept.Count > 4)
                {
                    v = Vec.Load(w4 + n);
                    s40 = Vec.FusedMultiplyAdd(v, d0, s40);
                    if (TRows.Count > 1) { s41 = Vec.FusedMultiplyAdd(v, d1, s41); }
                    if (TRows.Count > 2) { s42 = Vec.FusedMultiplyAdd(v, d2, s42); }
                    if (TRows.Count > 3) { s43 = Vec.FusedMultiplyAdd(v, d3, s43); }
                }

                if (TKept.Count > 5)
                {
                    v = Vec.Load(w5 + n);
                    s50 = Vec.FusedMultiplyAdd(v, d0, s50);
                    if (TRows.Count > 1) { s51 = Vec.FusedMultiplyAdd(v, d1, s51); }
                    if (TRows.Count > 2) { s52 = Vec.FusedMultiplyAdd(v, d2, s52); }
                    if (TRows.Count > 3) { s53 = Vec.FusedMultiplyAdd(v, d3, s53); }
                }
            }

            AddSums<TRows>(s00, s01, s02, s03, scale, dx + (kept[0] * dxStride));
            if (TKept.Count > 1) { AddSums<TRows>(s10, s11, s12, s13, scale, dx + (kept[1] * dxStride)); }
            if (TKept.Count > 2) { AddSums<TRows>(s20, s21, s22, s23, scale, dx + (kept[2] * dxStride)); }
            if (TKept.Count > 3) { AddSums<TRows>(s30, s31, s32, s33, scale, dx + (kept[3] * dxStride)); }
            if (TKept.Count > 4) { AddSums<TRows>(s40, s41, s42, s43, scale, dx + (kept[4] * dxStride)); }
            if (TKept.Count > 5) { AddSums<TRows>(s50, s51, s52, s53, scale, dx + (kept[5] * dxStride)); }
            dy += 4 * dyStride;
            dx += 4;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddSums<TRows>(VecF s0, VecF s1, VecF s2, VecF s3, float scale, float* dx)
        where TRows : struct, ITileSize
    {
        // Transposes while it adds, so that the four sums end side by side, as dx wants them. Every row of the batch is summed in the
        // same order, whichever tile it falls into.
        VecF s01 = Avx512F.UnpackLow(s0, s1) + Avx512F.UnpackHigh(s0, s1);
        VecF s23 = Avx512F.UnpackLow(s2, s3) + Avx512F.UnpackHigh(s2, s3);
        VecF quads = Avx512F.UnpackLow(s01.AsDouble(), s23.AsDouble()).AsSingle() + Avx512F.UnpackHigh(s01.AsDouble(), s23.AsDouble()).AsSingle();
        Vector256<float> half = quads.GetLower() + quads.GetUpper();
        Vector128<float> sums = (half.GetLower() + half.GetUpper()) * scale;
        if (TRows.Count == 4)
        {
            (Vector128.Load(dx) + sums).Store(dx);
            return;
        }

        dx[0] += sums[0];
        if (TRows.Count > 1) { dx[1] += sums[1]; }
        if (TRows.Count > 2) { dx[2] += sums[2]; }
    }
}
