using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Vec = System.Runtime.Intrinsics.Vector256;
using VecF = System.Runtime.Intrinsics.Vector256<float>;

namespace SdCompiler.Runtime;

/// <content>The weight gradient and the bias gradient.</content>
internal sealed unsafe partial class Vector256Kernels
{
    /// <summary>6 kept rows by 2 vectors: the tile of dW stays in registers while the batch of all steps of a call is summed, and is read and written once.</summary>
    private const int GradientRows = 6;

    /// <inheritdoc/>
    internal override void WeightGradientPanel(float* x, int xStride, long xStep, float* dy, int dyStride, int* kept, int count, float* dw, int rows, int steps, bool goesOn)
    {
        for (int c = 0; c < PanelColumns; c += 2 * VecF.Count)
        {
            if (goesOn)
            {
                GradientStrip<SumStarts.FromGradient>(x, xStride, xStep, dy + c, dyStride, kept, count, dw + c, rows, steps);
            }
            else
            {
                GradientStrip<SumStarts.FromZero>(x, xStride, xStep, dy + c, dyStride, kept, count, dw + c, rows, steps);
            }
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void AddColumnSums(float* dy, int dyStride, float* db, int rows)
    {
        for (int c = 0; c < PanelColumns; c += VecF.Count)
        {
            VecF sum = Vec.Load(db + c);
            for (long b = 0; b < rows; b++)
            {
                sum += Vec.Load(dy + (b * dyStride) + c);
            }

            sum.Store(db + c);
        }
    }

    private static void GradientStrip<TStart>(float* x, long xStride, long xStep, float* dy, long dyStride, int* kept, int count, float* dw, int rows, int steps)
        where TStart : struct, ISumStart
    {
        int whole = count / GradientRows * GradientRows;
        GradientTiles<TileSizes.Six, TStart>(x, xStride, xStep, dy, dyStride, kept, kept + whole, dw, rows, steps);
        int* rest = kept + whole, end = kept + count;
        switch (count - whole)
        {
            case 1: GradientTiles<TileSizes.One, TStart>(x + (whole * xStride), xStride, xStep, dy, dyStride, rest, end, dw, rows, steps); break;
            case 2: GradientTiles<TileSizes.Two, TStart>(x + (whole * xStride), xStride, xStep, dy, dyStride, rest, end, dw, rows, steps); break;
            case 3: GradientTiles<TileSizes.Three, TStart>(x + (whole * xStride), xStride, xStep, dy, dyStride, rest, end, dw, rows, steps); break;
            case 4: GradientTiles<TileSizes.Four, TStart>(x + (whole * xStride), xStride, xStep, dy, dyStride, rest, end, dw, rows, steps); break;
            case 5: GradientTiles<TileSizes.Five, TStart>(x + (whole * xStride), xStride, xStep, dy, dyStride, rest, end, dw, rows, steps); break;
        }
    }

    // The loop over tiles stands inside: with a batch of 20 a tile is too little work for a call of its own.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void GradientTiles<TKept, TStart>(float* x, long xStride, long xStep, float* dy, long dyStride, int* kept, int* end, float* dw, long rows, int steps)
        where TKept : struct, ITileSize
        where TStart : struct, ISumStart
    {
        x += rows;
        for (; kept < end; kept += TKept.Count)
        {
            VecF l0 = VecF.Zero, h0 = VecF.Zero;
            VecF l1 = VecF.Zero, h1 = VecF.Zero;
            VecF l2 = VecF.Zero, h2 = VecF.Zero;
            VecF l3 = VecF.Zero, h3 = VecF.Zero;
            VecF l4 = VecF.Zero, h4 = VecF.Zero;
            VecF l5 = VecF.Zero, h5 = VecF.Zero;
            if (TStart.GoesOn)
            {
                Load(dw, kept[0], out l0, out h0);
                if (TKept.Count > 1) { Load(dw, kept[1], out l1, out h1); }
                if (TKept.Count > 2) { Load(dw, kept[2], out l2, out h2); }
                if (TKept.Count > 3) { Load(dw, kept[3], out l3, out h3); }
                if (TKept.Count > 4) { Load(dw, kept[4], out l4, out h4); }
                if (TKept.Count > 5) { Load(dw, kept[5], out l5, out h5); }
            }

            float* x0 = x;
            float* x1 = TKept.Count > 1 ? x + xStride : null;
            float* x2 = TKept.Count > 2 ? x + (2 * xStride) : null;
            float* x3 = TKept.Count > 3 ? x + (3 * xStride) : null;
            float* x4 = TKept.Count > 4 ? x + (4 * xStride) : null;
            float* x5 = TKept.Count > 5 ? x + (5 * xStride) : null;
            x += TKept.Count * xStride;
            float* dyRow = dy;
            long last = 0; // the row behind the step's last one, seen from that of the first step
            for (int step = 0; step < steps; step++)
            {
                for (long b = last - rows; b != last; b++)
                {
                    VecF low = Vec.Load(dyRow), high = Vec.Load(dyRow + VecF.Count), v;
                    dyRow += dyStride;
                    v = Vec.Create(x0[b]); l0 = Vec.FusedMultiplyAdd(v, low, l0); h0 = Vec.FusedMultiplyAdd(v, high, h0);
                    if (TKept.Count > 1) { v = Vec.Create(x1[b]); l1 = Vec.FusedMultiplyAdd(v, low, l1); h1 = Vec.FusedMultiplyAdd(v, high, h1); }
                    if (TKept.Count > 2) { v = Vec.Create(x2[b]); l2 = Vec.FusedMultiplyAdd(v, low, l2); h2 = Vec.FusedMultiplyAdd(v, high, h2); }
                    if (TKept.Count > 3) { v = Vec.Create(x3[b]); l3 = Vec.FusedMultiplyAdd(v, low, l3); h3 = Vec.FusedMultiplyAdd(v, high, h3); }
                    if (TKept.Count > 4) { v = Vec.Create(x4[b]); l4 = Vec.FusedMultiplyAdd(v, low, l4); h4 = Vec.FusedMultiplyAdd(v, high, h4); }
                    if (TKept.Count > 5) { v = Vec.Create(x5[b]); l5 = Vec.FusedMultiplyAdd(v, low, l5); h5 = Vec.FusedMultiplyAdd(v, high, h5); }
                }

                last += xStep;
            }

            Store<TStart>(l0, h0, dw, kept[0]);
            if (TKept.Count > 1) { Store<TStart>(l1, h1, dw, kept[1]); }
            if (TKept.Count > 2) { Store<TStart>(l2, h2, dw, kept[2]); }
            if (TKept.Count > 3) { Store<TStart>(l3, h3, dw, kept[3]); }
            if (TKept.Count > 4) { Store<TStart>(l4, h4, dw, kept[4]); }
            if (TKept.Count > 5) { Store<TStart>(l5, h5, dw, kept[5]); }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Load(float* dw, int row, out VecF low, out VecF high)
    {
        dw += (long)row * PanelColumns;
        low = Vec.Load(dw);
        high = Vec.Load(dw + VecF.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TStart>(VecF low, VecF high, float* dw, int row)
        where TStart : struct, ISumStart
    {
        dw += (long)row * PanelColumns;
        (TStart.GoesOn ? low : low + Vec.Load(dw)).Store(dw);
        (TStart.GoesOn ? high : high + Vec.Load(dw + VecF.Count)).Store(dw + VecF.Count);
    }
}
