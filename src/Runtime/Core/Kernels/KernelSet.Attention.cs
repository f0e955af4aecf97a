namespace SdCompiler.Runtime;

/// <content>What attention does with the source of one row: vectors of n floats, n a multiple of 32, at a fixed distance from each other.</content>
public abstract unsafe partial class KernelSet
{
    /// <summary>to[j] = sum over n of q[n] * k[j][n] (T2).</summary>
    /// <param name="q">[n].</param>
    /// <param name="k">[count], <paramref name="stride"/> apart, each [n].</param>
    /// <param name="stride">Floats from one vector to the next.</param>
    /// <param name="count">How many vectors, at least 1.</param>
    /// <param name="n">A multiple of 32; padding is 0.</param>
    /// <param name="to">[count], overwritten.</param>
    internal abstract void Dots(float* q, float* k, long stride, int count, int n, float* to);

    /// <summary>to[n] = sum over j of factors[j] * m[j][n], in ascending order (T4, T8).</summary>
    /// <param name="factors">[count].</param>
    /// <param name="m">[count], <paramref name="stride"/> apart, each [n].</param>
    /// <param name="stride">Floats from one vector to the next.</param>
    /// <param name="count">How many vectors, at least 1.</param>
    /// <param name="n">A multiple of 32.</param>
    /// <param name="to">[n], overwritten.</param>
    internal abstract void WeightedSum(float* factors, float* m, long stride, int count, int n, float* to);

    /// <summary>to[j][n] = factors[j] * x[n], or to[j][n] += factors[j] * x[n] (T8).</summary>
    /// <param name="factors">[count].</param>
    /// <param name="x">[n].</param>
    /// <param name="to">[count], <paramref name="stride"/> apart, each [n].</param>
    /// <param name="stride">Floats from one vector to the next.</param>
    /// <param name="count">How many vectors, at least 1.</param>
    /// <param name="n">A multiple of 32.</param>
    /// <param name="accumulate">True to add.</param>
    internal abstract void Outer(float* factors, float* x, float* to, long stride, int count, int n, bool accumulate);

    /// <summary>to[j] = sum over n of v[n] * tanh(q[n] + k[j][n]) (T2).</summary>
    /// <param name="q">[n].</param>
    /// <param name="k">[count], <paramref name="stride"/> apart, each [n].</param>
    /// <param name="v">[n].</param>
    /// <param name="stride">Floats from one vector to the next.</param>
    /// <param name="count">How many vectors, at least 1.</param>
    /// <param name="n">A multiple of 32; padding is 0.</param>
    /// <param name="to">[count], overwritten.</param>
    internal abstract void TanhDots(float* q, float* k, float* v, long stride, int count, int n, float* to);

    /// <summary>
    /// The gradient of <see cref="TanhDots"/>, in ascending order of j, with y = tanh(q[n] + k[j][n]) and g = de[j] * v[n] * (1 - y^2): dk[j][n] (+)= g; dq[n] += g;
    /// dv[n] += de[j] * y (T8).
    /// </summary>
    /// <param name="de">[count], the gradient by what it gave.</param>
    /// <param name="q">[n].</param>
    /// <param name="k">[count], <paramref name="stride"/> apart, each [n].</param>
    /// <param name="v">[n].</param>
    /// <param name="stride">Floats from one vector of k or dk to the next.</param>
    /// <param name="count">How many vectors, at least 1.</param>
    /// <param name="n">A multiple of 32; padding is 0.</param>
    /// <param name="dq">[n], added to.</param>
    /// <param name="dk">[count], <paramref name="stride"/> apart, each [n].</param>
    /// <param name="dv">[n], added to.</param>
    /// <param name="accumulate">True to add to dk.</param>
    internal abstract void TanhDotsGradient(float* de, float* q, float* k, float* v, long stride, int count, int n, float* dq, float* dk, float* dv, bool accumulate);
}
