using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Vec = System.Runtime.Intrinsics.Vector128;
using VecF = System.Runtime.Intrinsics.Vector128<float>;

namespace SdCompiler.Runtime;

/// <content>The backward product.</content>
internal sealed unsafe partial class Vector128Kernels
{
    /// <summary>3 kept rows by 4 rows of the batch: 12 accumulators, 3 weights and 1 row of dy fill the 16 registers.</summary>
    private const int BackwardKept = 3;

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
        for (; tiles > 0; tiles--)
        {
            VecF s00 = VecF.Zero, s01 = VecF.Zero, s02 = VecF.Zero, s03 = VecF.Zero;
            VecF s10 = VecF.Zero, s11 = VecF.Zero, s12 = VecF.Zero, s13 = VecF.Zero;
            VecF s20 = VecF.Zero, s21 = VecF.Zero, s22 = VecF.Zero, s23 = VecF.Zero;
            float* dy1 = dy + (1 * dyStride);
            float* dy2 = dy + (2 * dyStride);
            float* dy3 = dy + (3 * dyStride);
            for (long n = 0; n < columns; n += VecF.Count)
            {
                VecF v0 = Vec.Load(w0 + n), v1, v2, d;
                v1 = TKept.Count > 1 ? Vec.Load(w1 + n) : v0;
                v2 = TKept.Count > 2 ? Vec.Load(w2 + n) : v0;
                d = Vec.Load(dy + n);
                s00 = Vec.MultiplyAddEstimate(v0, d, s00);
                if (TKept.Count > 1) { s10 = Vec.MultiplyAddEstimate(v1, d, s10); }
                if (TKept.Count > 2) { s20 = Vec.MultiplyAddEstimate(v2, d, s20); }

                if (TRows.Count > 1)
                {
                    d = Vec.Load(dy1 + n);
                    s01 = Vec.MultiplyAddEstimate(v0, d, s01);
                    if (TKept.Count > 1) { s11 = Vec.MultiplyAddEstimate(v1, d, s11); }
                    if (TKept.Count > 2) { s21 = Vec.MultiplyAddEstimate(v2, d, s21); }
                }

                if (TRows.Count > 2)
                {
                    d = Vec.Load(dy2 + n);
                    s02 = Vec.MultiplyAddEstimate(v0, d, s02);
                    if (TKept.Count > 1) { s12 = Vec.MultiplyAddEstimate(v1, d, s12); }
                    if (TKept.Count > 2) { s22 = Vec.MultiplyAddEstimate(v2, d, s22); }
                }

                if (TRows.Count > 3)
                {
                    d = Vec.Load(dy3 + n);
                    s03 = Vec.MultiplyAddEstimate(v0, d, s03);
                    if (TKept.Count > 1) { s13 = Vec.MultiplyAddEstimate(v1, d, s13); }
                    if (TKept.Count > 2) { s23 = Vec.MultiplyAddEstimate(v2, d, s23); }
                }
            }

            AddSums<TRows>(s00, s01, s02, s03, scale, dx + (kept[0] * dxStride));
            if (TKept.Count > 1) { AddSums<TRows>(s10, s11, s12, s13, scale, dx + (kept[1] * dxStride)); }
            if (TKept.Count > 2) { AddSums<TRows>(s20, s21, s22, s23, scale, dx + (kept[2] * dxStride)); }
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
        Vector128<float> low = Vec.Create(s0[0], s1[0], s2[0], s3[0]) + Vec.Create(s0[2], s1[2], s2[2], s3[2]);
        Vector128<float> high = Vec.Create(s0[1], s1[1], s2[1], s3[1]) + Vec.Create(s0[3], s1[3], s2[3], s3[3]);
        Vector128<float> sums = (low + high) * scale;
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
