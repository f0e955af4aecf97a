namespace SdCompiler.Runtime;

/// <content>Element-wise kernels and the reductions of the losses. All but the sums give the same bits on every set.</content>
public abstract unsafe partial class KernelSet
{
    /// <summary>y = f(y).</summary>
    /// <param name="activation">f.</param>
    /// <param name="y">[n], in place.</param>
    /// <param name="n">How many floats; may be 0.</param>
    internal abstract void Activate(Activation activation, float* y, int n);

    /// <summary>dy = dy * f'(a), where y = f(a): the gradient by what was activated, in place.</summary>
    /// <param name="activation">f.</param>
    /// <param name="dy">[n], the gradient by y in, by a out.</param>
    /// <param name="y">[n], activated.</param>
    /// <param name="n">How many floats.</param>
    internal abstract void ActivationGradient(Activation activation, float* dy, float* y, int n);

    /// <summary>to = a * b, or to += a * b (rounded once).</summary>
    /// <param name="a">[n].</param>
    /// <param name="b">[n].</param>
    /// <param name="to">[n]; may be a or b.</param>
    /// <param name="n">How many floats.</param>
    /// <param name="accumulate">True to add.</param>
    internal abstract void Multiply(float* a, float* b, float* to, int n, bool accumulate);

    /// <summary>to = a * factor, or to += a * factor (rounded once).</summary>
    /// <param name="a">[n].</param>
    /// <param name="factor">The factor.</param>
    /// <param name="to">[n]; may be a.</param>
    /// <param name="n">How many floats.</param>
    /// <param name="accumulate">True to add.</param>
    internal abstract void Scale(float* a, float factor, float* to, int n, bool accumulate);

    /// <summary>to[j] = x[kept[j]] * scale, row by row: the kept rows side by side.</summary>
    /// <param name="x">[row][stride].</param>
    /// <param name="stride">Floats from one row to the next, of both.</param>
    /// <param name="kept">Row numbers, <paramref name="count"/> of them.</param>
    /// <param name="count">The number of kept rows.</param>
    /// <param name="scale">The factor.</param>
    /// <param name="to">[j][stride]; only the first <paramref name="n"/> floats of a row are written.</param>
    /// <param name="n">Floats of a row that are copied.</param>
    internal abstract void PackRows(float* x, int stride, int* kept, int count, float scale, float* to, int n);

    /// <summary>y += value.</summary>
    /// <param name="y">[n].</param>
    /// <param name="value">What is added to each.</param>
    /// <param name="n">How many floats.</param>
    internal abstract void AddConstant(float* y, float value, int n);

    /// <summary>The largest of n floats, n at least 1; any of them where some are NaN.</summary>
    /// <param name="y">[n].</param>
    /// <param name="n">How many floats.</param>
    internal abstract float Max(float* y, int n);

    /// <summary>The sum of e^(y - shift); NaN where some y is.</summary>
    /// <param name="y">[n].</param>
    /// <param name="shift">The row's maximum, so that nothing overflows.</param>
    /// <param name="to">Receives the terms, [n]; may be y; null to only add them up.</param>
    /// <param name="n">How many floats.</param>
    internal abstract double SumExp(float* y, float shift, float* to, int n);
}
