using System;
using System.Collections.Generic;

namespace SdCompiler.Runtime;

/// <summary>
/// The inner loops of training for one instruction set. <see cref="Reference"/> says in plain loops what each kernel means; the vector
/// sets compute the same sums in an order of their own, so results agree between sets within rounding and are the same bits for any
/// number of threads on one set.
/// </summary>
/// <remarks>
/// Kernels take pointers and one panel of 32 columns (or one list of kept rows) at a time. Their callers, such as
/// <see cref="MaskedProduct"/> and <see cref="LstmCell"/>, split the work over lanes; kernels know nothing of threads.
/// </remarks>
public abstract unsafe partial class KernelSet
{
    /// <summary>The columns of a weight panel: two 512-bit vectors, which is the widest tile that any set keeps in registers.</summary>
    public const int PanelColumns = 32;

    /// <summary>The hidden units of a gate-interleaved panel: 4 gates of 8 units.</summary>
    public const int PanelUnits = PanelColumns / 4;

    private protected KernelSet()
    {
    }

    /// <summary>The name by which <see cref="ByName"/> and the environment variable SDCOMPILER_KERNELS choose this set.</summary>
    public abstract string Name { get; }

    /// <summary>Plain loops, on any processor: the meaning of every kernel.</summary>
    public static KernelSet Reference => KernelSelector.Reference;

    /// <summary>The fastest set of this processor, or the one that the environment variable SDCOMPILER_KERNELS names.</summary>
    /// <exception cref="InvalidOperationException">SDCOMPILER_KERNELS names a set that does not exist or that this processor lacks.</exception>
    public static KernelSet Best => KernelSelector.Best;

    /// <summary>The sets that this processor can run, best first; never empty.</summary>
    public static IReadOnlyList<KernelSet> Available => KernelSelector.Available;

    /// <summary>Finds a set by name.</summary>
    /// <param name="name">reference, vector128, vector256 or vector512, in any case.</param>
    /// <exception cref="ArgumentException">No set has this name, or this processor cannot run it.</exception>
    public static KernelSet ByName(string name) => KernelSelector.ByName(name);

    /// <summary>Returns <see cref="Name"/>.</summary>
    public override string ToString() => Name;

    /// <summary>How far the loops around the product kernels go at a time.</summary>
    internal abstract ProductBlocking Blocking { get; }

    /// <summary>F1 on one panel: y[b,c] = (bias? bias[c] : y[b,c]) + sum over j of x[j,b] * w[kept[j],c], for c in [0, 32).</summary>
    /// <param name="x">[j][xStride], unit-major activations of the kept units alone, scaled: row j belongs to unit kept[j].</param>
    /// <param name="xStride">Floats from one unit to the next, at least <paramref name="rows"/>.</param>
    /// <param name="w">[row][32], one panel of weights.</param>
    /// <param name="kept">Ascending row numbers, <paramref name="count"/> of them; may be empty.</param>
    /// <param name="count">The number of kept rows.</param>
    /// <param name="biasOrNull">[32], or null to add to what <paramref name="y"/> holds.</param>
    /// <param name="y">[row of the batch][yStride], the panel's first column.</param>
    /// <param name="yStride">Floats from one row of the batch to the next.</param>
    /// <param name="rows">The rows of the batch that this step has.</param>
    internal abstract void ForwardPanel(float* x, int xStride, float* w, int* kept, int count, float* biasOrNull, float* y, int yStride, int rows);

    /// <summary>B5 on one panel, for steps that keep the same units: dw[kept[j],c] += sum over s and b of x[s,j,b] * dy[s,b,c], for c in [0, 32).</summary>
    /// <param name="x">[step][xStep], of which [j][xStride]: what the forward product read.</param>
    /// <param name="xStride">Floats from one unit to the next.</param>
    /// <param name="xStep">Floats from one step of x to the next.</param>
    /// <param name="dy">[step][row of the batch][dyStride], the panel's first column; the rows of a step follow those of the step before.</param>
    /// <param name="dyStride">Floats from one row of the batch to the next.</param>
    /// <param name="kept">Ascending row numbers; other rows of <paramref name="dw"/> are neither read nor written.</param>
    /// <param name="count">The number of kept rows.</param>
    /// <param name="dw">[row][32], one panel of the gradient.</param>
    /// <param name="rows">The rows of the batch that each of the steps has.</param>
    /// <param name="steps">How many steps are summed while a tile of dw stays in registers.</param>
    /// <param name="goesOn">True adds the terms to dw one by one, so that several calls give the bits of one; false sums them first.</param>
    internal abstract void WeightGradientPanel(float* x, int xStride, long xStep, float* dy, int dyStride, int* kept, int count, float* dw, int rows, int steps, bool goesOn);

    /// <summary>B3 and B4: dx[kept[j],b] += scale * sum over n &lt; columns of dy[b,n] * wRows[kept[j],n].</summary>
    /// <param name="dy">[row of the batch][dyStride].</param>
    /// <param name="dyStride">Floats from one row of the batch to the next.</param>
    /// <param name="columns">The columns to sum over, a multiple of 32.</param>
    /// <param name="wRows">[row][rowStride], plain rows of weights.</param>
    /// <param name="rowStride">Floats from one row of weights to the next.</param>
    /// <param name="kept">Ascending row numbers; other units of <paramref name="dx"/> are neither read nor written.</param>
    /// <param name="count">The number of kept rows.</param>
    /// <param name="scale">The scale of the forward product.</param>
    /// <param name="dx">[unit][dxStride], accumulated into.</param>
    /// <param name="dxStride">Floats from one unit to the next.</param>
    /// <param name="rows">The rows of the batch that this step has.</param>
    internal abstract void BackwardRows(float* dy, int dyStride, int columns, float* wRows, long rowStride, int* kept, int count, float scale, float* dx, int dxStride, int rows);

    /// <summary>The bias gradient of one panel (B5): db[c] += sum over b of dy[b,c], for c in [0, 32).</summary>
    /// <param name="dy">[row of the batch][dyStride], the panel's first column.</param>
    /// <param name="dyStride">Floats from one row of the batch to the next.</param>
    /// <param name="db">[32], accumulated into.</param>
    /// <param name="rows">The rows of the batch that this step has.</param>
    internal abstract void AddColumnSums(float* dy, int dyStride, float* db, int rows);

    /// <summary>The sum of squares of <paramref name="count"/> floats, summed in double precision in a fixed order.</summary>
    internal abstract double SumOfSquares(float* values, long count);

    /// <summary>
    /// F2 to F4 on one panel of 8 units: activates i, f, g, o in place, then c = f*cPrev + i*g and h = o*tanh(c).
    /// </summary>
    /// <param name="gates">[row of the batch][gatesStride], 8 units of i, then f, g and o: pre-activations in, activations out.</param>
    /// <param name="gatesStride">Floats from one row of the batch to the next.</param>
    /// <param name="cPrev">[row of the batch][cStride], 8 units.</param>
    /// <param name="cNext">[row of the batch][cStride], 8 units, written.</param>
    /// <param name="cStride">Floats from one row of the batch to the next.</param>
    /// <param name="h">[unit][hStride], unit-major: only the first <paramref name="units"/> units are written.</param>
    /// <param name="hStride">Floats from one unit to the next.</param>
    /// <param name="units">The real units of the panel, 1 to 8; the others are padding.</param>
    /// <param name="rows">The rows of the batch that this step has.</param>
    internal abstract void CellForward(float* gates, int gatesStride, float* cPrev, float* cNext, int cStride, float* h, int hStride, int units, int rows);

    /// <summary>
    /// B1 and B2 on one panel of 8 units: turns activated gates into the gradient of the pre-activations, in place, and the gradient of
    /// c[t] into that of c[t-1], in place.
    /// </summary>
    /// <param name="gates">[row of the batch][gatesStride]: activated i, f, g, o in, da out.</param>
    /// <param name="gatesStride">Floats from one row of the batch to the next.</param>
    /// <param name="cPrev">[row of the batch][cStride], c[t-1].</param>
    /// <param name="cNext">[row of the batch][cStride], c[t].</param>
    /// <param name="dc">[row of the batch][cStride]: what step t+1 gives to c[t] in (first <paramref name="recurrentRows"/> rows), the gradient of c[t-1] out.</param>
    /// <param name="cStride">Floats from one row of the batch to the next, of cPrev, cNext and dc.</param>
    /// <param name="dhAbove">[unit][hStride], from the layers that read h[t].</param>
    /// <param name="dhRecurrent">[unit][hStride], from step t+1 (first <paramref name="recurrentRows"/> rows).</param>
    /// <param name="hStride">Floats from one unit to the next.</param>
    /// <param name="units">The real units of the panel, 1 to 8; the others have no dh.</param>
    /// <param name="rows">The rows of the batch that step t has.</param>
    /// <param name="recurrentRows">The rows that step t+1 has, at most <paramref name="rows"/>; other rows of dc and dhRecurrent count as 0.</param>
    internal abstract void CellBackward(float* gates, int gatesStride, float* cPrev, float* cNext, float* dc, int cStride, float* dhAbove, float* dhRecurrent, int hStride, int units, int rows, int recurrentRows);
}
