using System.Runtime.CompilerServices;

namespace SdCompiler.Runtime;

/// <summary>exp, tanh and sigmoid for one vector width. Every width, one float included, gives the same bits.</summary>
/// <typeparam name="S">The operations.</typeparam>
/// <typeparam name="V">The vector.</typeparam>
/// <remarks>Error bounds, in units in the last place of the exact result, were measured against double precision over every 13th float of the range; FastMathTests checks them.</remarks>
internal static class FastMathOf<S, V>
    where S : struct, ISimd<V>
    where V : struct
{
    private const float Log2E = 1.44269504088896341f;

    /// <summary>log 2 in two parts: the first has few enough bits that its product with n is exact.</summary>
    private const float Log2High = 0.693359375f;
    private const float Log2Low = -2.12194440e-4f;

    /// <summary>1.5 * 2^23: adding it rounds to an integer, which then stands in the low bits.</summary>
    private const float Shift = 12582912f;

    /// <summary>The largest float whose exponential is finite.</summary>
    private const float Overflow = 88.72283172607421875f;

    /// <summary>The smallest float whose exponential is a normal number.</summary>
    private const float Underflow = -87.33654022216796875f;

    /// <summary>Where tanh changes from a polynomial to exponentials (Cephes).</summary>
    private const float TanhBorder = 0.625f;

    /// <summary>e^x, error below 1.1 units in the last place. Results below 2^-126 are 0, so that no denormal number slows what follows; above the largest float, infinity.</summary>
    /// <remarks>x = n log 2 + r with |r| at most log 2 / 2; the polynomial in r is that of Cephes expf (Moshier).</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Exp(V x)
    {
        V shifted = S.MultiplyAdd(x, S.Create(Log2E), S.Create(Shift));
        V n = S.Subtract(shifted, S.Create(Shift));
        V r = S.MultiplyAdd(n, S.Create(-Log2High), x);
        r = S.MultiplyAdd(n, S.Create(-Log2Low), r);
        V p = S.Create(1.9875691500e-4f);
        p = S.MultiplyAdd(p, r, S.Create(1.3981999507e-3f));
        p = S.MultiplyAdd(p, r, S.Create(8.3334519073e-3f));
        p = S.MultiplyAdd(p, r, S.Create(4.1665795894e-2f));
        p = S.MultiplyAdd(p, r, S.Create(1.6666665459e-1f));
        p = S.MultiplyAdd(p, r, S.Create(5.0000001201e-1f));
        p = S.MultiplyAdd(p, S.Multiply(r, r), r);
        p = S.Add(p, S.Create(1f));
        V result = S.ScaleByPower(p, shifted);
        result = S.Select(S.IsLess(x, S.Create(Underflow)), S.Create(0f), result);
        result = S.Select(S.IsLess(S.Create(Overflow), x), S.Create(float.PositiveInfinity), result);
        return S.Select(S.IsNaN(x), x, result);
    }

    /// <summary>1 / (1 + e^-x), error below 2.5 units in the last place; 0 below -88.72, 1 from 17.33 up.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sigmoid(V x)
        => S.Divide(S.Create(1f), S.Add(S.Create(1f), Exp(S.Subtract(S.Create(0f), x))));

    /// <summary>tanh x, error below 2 units in the last place; exactly odd, and exactly 1 from 9.02 up.</summary>
    /// <remarks>Below 0.625 the polynomial of Cephes tanhf, which keeps relative precision near 0; above, 1 - 2 / (e^2x + 1).</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Tanh(V x)
    {
        V size = S.Abs(x);
        V square = S.Multiply(x, x);
        V p = S.Create(-5.70498872745e-3f);
        p = S.MultiplyAdd(p, square, S.Create(2.06390887954e-2f));
        p = S.MultiplyAdd(p, square, S.Create(-5.37397155531e-2f));
        p = S.MultiplyAdd(p, square, S.Create(1.33314422036e-1f));
        p = S.MultiplyAdd(p, square, S.Create(-3.33332819422e-1f));
        V small = S.MultiplyAdd(S.Multiply(p, square), size, size);
        V power = Exp(S.Add(size, size));
        V large = S.Subtract(S.Create(1f), S.Divide(S.Create(2f), S.Add(power, S.Create(1f))));
        return S.CopySign(S.Select(S.IsLess(size, S.Create(TanhBorder)), small, large), x);
    }
}
