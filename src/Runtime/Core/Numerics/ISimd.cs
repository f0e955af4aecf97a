namespace SdCompiler.Runtime;

/// <summary>The operations on one vector of floats that element-wise code is written in, so that each loop exists once for every width, one float included.</summary>
/// <typeparam name="V">The vector: float, or Vector128, 256 or 512 of float.</typeparam>
/// <remarks>Implemented by structs without fields: the compiler specialises every use and inlines every call.</remarks>
internal unsafe interface ISimd<V>
    where V : struct
{
    /// <summary>Floats in a vector.</summary>
    static abstract int Count { get; }

    /// <summary>Every element is <paramref name="value"/>.</summary>
    static abstract V Create(float value);

    static abstract V Load(float* from);

    static abstract void Store(V value, float* to);

    static abstract V Add(V a, V b);

    static abstract V Subtract(V a, V b);

    static abstract V Multiply(V a, V b);

    static abstract V Divide(V a, V b);

    /// <summary>The square root, correctly rounded.</summary>
    static abstract V SquareRoot(V a);

    /// <summary>a * b + c, rounded once.</summary>
    static abstract V MultiplyAdd(V a, V b, V c);

    /// <summary>The larger; either, where one is NaN.</summary>
    static abstract V Max(V a, V b);

    static abstract V Abs(V a);

    /// <summary>All bits set where a is less than b, no bits elsewhere and where one is NaN.</summary>
    static abstract V IsLess(V a, V b);

    /// <summary>All bits set where a is NaN.</summary>
    static abstract V IsNaN(V a);

    /// <summary>Bits of <paramref name="yes"/> where the mask is set, of <paramref name="no"/> elsewhere.</summary>
    static abstract V Select(V mask, V yes, V no);

    /// <summary>The size of one number with the sign of another.</summary>
    static abstract V CopySign(V size, V sign);

    /// <summary>value * 2^n, where the low bits of <paramref name="shifted"/>, read as an integer, are n: an addition to the exponent. The result must be normal.</summary>
    static abstract V ScaleByPower(V value, V shifted);

    /// <summary>The sum of the elements, in ascending order, in double precision.</summary>
    static abstract double Sum(V value);

    /// <summary>The largest element.</summary>
    static abstract float Largest(V value);
}
