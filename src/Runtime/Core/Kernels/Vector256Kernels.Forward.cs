using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Vec = System.Runtime.Intrinsics.Vector256;
using VecF = System.Runtime.Intrinsics.Vector256<float>;

namespace SdCompiler.Runtime;

/// <content>The forward product.</content>
internal sealed unsafe partial class Vector256Kernels
{
    /// <summary>
    /// 3 rows by all 4 vectors of a panel: 12 accumulators, 3 broadcasts and 1 vector of weights fill the 16 registers, and 7 loads for 12 multiply-adds leave the
    /// load units room. 6 rows by 2 vectors need 8 loads, and read half of every line pair of W at a time.
    /// </summary>
    private const int ForwardRows = 3;

    /// <inheritdoc/>
    internal override void ForwardPanel(float* x, int xStride, float* w, int* kept, int count, float* biasOrNull, float* y, int yStride, int rows)
    {
        // Even blocks: 4 rows are 2 + 2, not 3 + 1, which would leave most registers of the second block idle.
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
        }
    }

    // No tiering: the loop is hot from its first call, and nothing in it waits for a static field to become a constant. The loop over tiles stands
    // inside: a call for each tile costs as much as a dozen kept rows. Fetching rows of W ahead gave nothing that could be measured twice.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ForwardTiles<TRows>(float* x, long xStride, float* w, int* kept, int count, float* biasOrNull, float* y, long yStride, int blocks)
        where TRows : struct, ITileSize
    {
        for (; blocks > 0; blocks--)
        {
            VecF a0 = VecF.Zero, b0 = VecF.Zero, c0 = VecF.Zero, d0 = VecF.Zero;
            VecF a1 = VecF.Zero, b1 = VecF.Zero, c1 = VecF.Zero, d1 = VecF.Zero;
            VecF a2 = VecF.Zero, b2 = VecF.Zero, c2 = VecF.Zero, d2 = VecF.Zero;
            float* xRow = x;
            int* next = kept;
            for (int* end = kept + count; next < end; next++)
            {
                float* wRow = w + ((long)*next * PanelColumns);
                VecF x0 = Vec.Create(xRow[0]), x1 = TRows.Count > 1 ? Vec.Create(xRow[1]) : x0, x2 = TRows.Count > 2 ? Vec.Create(xRow[2]) : x0, v;
                xRow += xStride;
                v = Vec.Load(wRow);
                a0 = Vec.FusedMultiplyAdd(x0, v, a0);
                if (TRows.Count > 1) { a1 = Vec.FusedMultiplyAdd(x1, v, a1); }
                if (TRows.Count > 2) { a2 = Vec.FusedMultiplyAdd(x2, v, a2); }
                v = Vec.Load(wRow + VecF.Count);
                b0 = Vec.FusedMultiplyAdd(x0, v, b0);
                if (TRows.Count > 1) { b1 = Vec.FusedMultiplyAdd(x1, v, b1); }
                if (TRows.Count > 2) { b2 = Vec.FusedMultiplyAdd(x2, v, b2); }
                v = Vec.Load(wRow + (2 * VecF.Count));
                c0 = Vec.FusedMultiplyAdd(x0, v, c0);
                if (TRows.Count > 1) { c1 = Vec.FusedMultiplyAdd(x1, v, c1); }
                if (TRows.Count > 2) { c2 = Vec.FusedMultiplyAdd(x2, v, c2); }
                v = Vec.Load(wRow + (3 * VecF.Count));
                d0 = Vec.FusedMultiplyAdd(x0, v, d0);
                if (TRows.Count > 1) { d1 = Vec.FusedMultiplyAdd(x1, v, d1); }
                if (TRows.Count > 2) { d2 = Vec.FusedMultiplyAdd(x2, v, d2); }
            }

            StoreRow(a0, b0, c0, d0, biasOrNull, y);
            if (TRows.Count > 1) { StoreRow(a1, b1, c1, d1, biasOrNull, y + yStride); }
            if (TRows.Count > 2) { StoreRow(a2, b2, c2, d2, biasOrNull, y + (2 * yStride)); }
            x += TRows.Count;
            y += TRows.Count * yStride;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreRow(VecF a, VecF b, VecF c, VecF d, float* biasOrNull, float* y)
    {
        float* from = biasOrNull == null ? y : biasOrNull;
        (a + Vec.Load(from)).Store(y);
        (b + Vec.Load(from + VecF.Count)).Store(y + VecF.Count);
        (c + Vec.Load(from + (2 * VecF.Count))).Store(y + (2 * VecF.Count));
        (d + Vec.Load(from + (3 * VecF.Count))).Store(y + (3 * VecF.Count));
    }
}
