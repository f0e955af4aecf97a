using System;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SdCompiler.Runtime;

/// <summary>Elementary functions of the runtime's own, so that results do not depend on the C library of the machine.</summary>
internal static class FastMath
{
    /// <inheritdoc cref="FastMathOf{S, V}.Exp"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Exp(float x) => FastMathOf<SimdScalar, float>.Exp(x);

    /// <inheritdoc cref="FastMathOf{S, V}.Exp"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Exp(Vector128<float> x) => FastMathOf<Simd128, Vector128<float>>.Exp(x);

    /// <inheritdoc cref="FastMathOf{S, V}.Exp"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Exp(Vector256<float> x) => FastMathOf<Simd256, Vector256<float>>.Exp(x);

    /// <inheritdoc cref="FastMathOf{S, V}.Exp"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Exp(Vector512<float> x) => FastMathOf<Simd512, Vector512<float>>.Exp(x);

    /// <inheritdoc cref="FastMathOf{S, V}.Sigmoid"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sigmoid(float x) => FastMathOf<SimdScalar, float>.Sigmoid(x);

    /// <inheritdoc cref="FastMathOf{S, V}.Sigmoid"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Sigmoid(Vector128<float> x) => FastMathOf<Simd128, Vector128<float>>.Sigmoid(x);

    /// <inheritdoc cref="FastMathOf{S, V}.Sigmoid"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Sigmoid(Vector256<float> x) => FastMathOf<Simd256, Vector256<float>>.Sigmoid(x);

    /// <inheritdoc cref="FastMathOf{S, V}.Sigmoid"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Sigmoid(Vector512<float> x) => FastMathOf<Simd512, Vector512<float>>.Sigmoid(x);

    /// <inheritdoc cref="FastMathOf{S, V}.Tanh"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Tanh(float x) => FastMathOf<SimdScalar, float>.Tanh(x);

    /// <inheritdoc cref="FastMathOf{S, V}.Tanh"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Tanh(Vector128<float> x) => FastMathOf<Simd128, Vector128<float>>.Tanh(x);

    /// <inheritdoc cref="FastMathOf{S, V}.Tanh"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Tanh(Vector256<float> x) => FastMathOf<Simd256, Vector256<float>>.Tanh(x);

    /// <inheritdoc cref="FastMathOf{S, V}.Tanh"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Tanh(Vector512<float> x) => FastMathOf<Simd512, Vector512<float>>.Tanh(x);

    /// <summary>Natural logarithm in double precision; error below 1 unit in the last place.</summary>
    /// <remarks>Source: FreeBSD's e_log.c (Sun Microsystems 1993).</remarks>
    public static double Log(double x)
    {
        if (!(x > 0) || double.IsPositiveInfinity(x))
        {
            return x == 0 ? double.NegativeInfinity : x > 0 ? x : double.NaN;
        }

        int k = 0;
        if (x < 2.2250738585072014e-308)
        {
            k = -54;
            x *= 18014398509481984.0; // 2^54: a denormal becomes normal
        }

        long bits = BitConverter.DoubleToInt64Bits(x);
        int high = (int)(bits >> 32);
        k += (high >> 20) - 1023;
        high &= 0xFFFFF;
        int carry = (high + 0x95F64) & 0x100000;
        k += carry >> 20;
        x = BitConverter.Int64BitsToDouble(((long)(high | (carry ^ 0x3FF00000)) << 32) | (bits & 0xFFFFFFFFL)); // in [sqrt(2)/2, sqrt(2)]
        double f = x - 1;
        double s = f / (2 + f);
        double z = s * s;
        double w = z * z;
        double even = w * (3.999999999940941908e-01 + (w * (2.222219843214978396e-01 + (w * 1.531383769920937332e-01))));
        double odd = z * (6.666666666666735130e-01 + (w * (2.857142874366239149e-01 + (w * (1.818357216161805012e-01 + (w * 1.479819860511658591e-01))))));
        double half = 0.5 * f * f;
        return (k * 6.93147180369123816490e-01) - ((half - ((s * (half + even + odd)) + (k * 1.90821492927058770002e-10))) - f);
    }
}
