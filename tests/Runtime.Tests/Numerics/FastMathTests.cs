using System;
using System.Runtime.Intrinsics;
using Xunit;

namespace SdCompiler.Runtime.Tests;

public sealed class FastMathTests
{
    /// <summary>A prime, so that low and high mantissa bits both vary: about 30,000 to 600,000 values for each function.</summary>
    private const int Stride = 7919;

    private static readonly float[] Specials =
    [
        0f, -0f, 1f, -1f, float.Epsilon, -float.Epsilon, 1.1754942e-38f, 1.17549435e-38f, 0.625f, -0.625f, 0.62499994f, 17.33f, 88.72283f, 88.72284f,
        -87.33654f, -87.33655f, -103.97f, -150f, 200f, float.MaxValue, float.MinValue, float.PositiveInfinity, float.NegativeInfinity, float.NaN,
    ];

    [Fact]
    public void ExpStaysWithinItsBound()
    {
        Assert.InRange(WorstError(FastMath.Exp, Math.Exp, 88.722f), 0, 1.1);
        Assert.InRange(WorstError(x => FastMath.Exp(-x), x => Math.Exp(-x), 87.336f), 0, 1.1);
    }

    [Fact]
    public void SigmoidStaysWithinItsBound()
    {
        Assert.InRange(WorstError(FastMath.Sigmoid, x => 1 / (1 + Math.Exp(-x)), 88.7f), 0, 2.5);
        Assert.InRange(WorstError(x => FastMath.Sigmoid(-x), x => 1 / (1 + Math.Exp(x)), 87.3f), 0, 2.5);
    }

    [Fact]
    public void TanhStaysWithinItsBound() => Assert.InRange(WorstError(FastMath.Tanh, Math.Tanh, 40f), 0, 2);

    [Fact]
    public void ExpOfSpecialValues()
    {
        Assert.Equal(1f, FastMath.Exp(0f));
        Assert.Equal(1f, FastMath.Exp(-0f));
        Assert.Equal(1f, FastMath.Exp(float.Epsilon));
        Assert.Equal(float.PositiveInfinity, FastMath.Exp(88.72284f));
        Assert.True(float.IsFinite(FastMath.Exp(88.72283f)));
        Assert.Equal(float.PositiveInfinity, FastMath.Exp(float.PositiveInfinity));
        Assert.Equal(0f, FastMath.Exp(float.NegativeInfinity));
        Assert.Equal(0f, FastMath.Exp(-87.33655f)); // would be denormal
        Assert.True(float.IsNormal(FastMath.Exp(-87.336536f)));
        Assert.True(float.IsNaN(FastMath.Exp(float.NaN)));
        Assert.True(float.IsNaN(FastMath.Exp(BitConverter.Int32BitsToSingle(0x7FC00001)))); // bits of the payload must not reach the exponent
        Assert.True(float.IsNaN(FastMath.Exp(BitConverter.Int32BitsToSingle(-1))));
    }

    [Fact]
    public void SigmoidOfSpecialValues()
    {
        Assert.Equal(0.5f, FastMath.Sigmoid(0f));
        Assert.Equal(0.5f, FastMath.Sigmoid(-0f));
        Assert.Equal(0f, FastMath.Sigmoid(-200f));
        Assert.Equal(1f, FastMath.Sigmoid(200f));
        Assert.Equal(0f, FastMath.Sigmoid(float.NegativeInfinity));
        Assert.Equal(1f, FastMath.Sigmoid(float.PositiveInfinity));
        Assert.True(float.IsNaN(FastMath.Sigmoid(float.NaN)));
    }

    [Fact]
    public void TanhIsOddAndSaturates()
    {
        Assert.Equal(1f, FastMath.Tanh(9.02f));
        Assert.Equal(1f, FastMath.Tanh(float.PositiveInfinity));
        Assert.Equal(-1f, FastMath.Tanh(float.NegativeInfinity));
        Assert.True(float.IsNegative(FastMath.Tanh(-0f)));
        Assert.Equal(float.Epsilon, FastMath.Tanh(float.Epsilon)); // a denormal is not lost
        Assert.True(float.IsNaN(FastMath.Tanh(float.NaN)));
        foreach (float x in Specials.AsSpan(0, Specials.Length - 1)) // all but NaN, whose sign means nothing
        {
            Assert.Equal(BitConverter.SingleToInt32Bits(-FastMath.Tanh(x)), BitConverter.SingleToInt32Bits(FastMath.Tanh(-x)));
        }
    }

    [Fact]
    public void EveryWidthGivesTheSameBits()
    {
        foreach (float special in Specials)
        {
            CompareWidths(special);
        }

        for (float x = -100; x < 100; x += 0.0371f)
        {
            CompareWidths(x);
        }
    }

    [Theory]
    [InlineData(1.0, 0.0)]
    [InlineData(0.0, double.NegativeInfinity)]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData(-1.0, double.NaN)]
    [InlineData(double.NaN, double.NaN)]
    public void LogOfSpecialValues(double x, double expected) => Assert.Equal(expected, FastMath.Log(x));

    [Fact]
    public void LogAgreesWithTheLibrary()
    {
        for (int exponent = -1074; exponent < 1023; exponent++)
        {
            foreach (double mantissa in new[] { 1.0, 1.0000001, 1.2345, 1.41421356, 1.41421357, 1.5, 1.99999999 })
            {
                double x = Math.ScaleB(mantissa, exponent);
                double expected = Math.Log(x);
                Assert.True(Math.Abs(FastMath.Log(x) - expected) <= 2.5e-16 * Math.Abs(expected), $"log {x:R}");
            }
        }
    }

    /// <summary>The largest error over floats from 0 to the end, in units in the last place of the exact result.</summary>
    private static double WorstError(Func<float, float> function, Func<double, double> exact, float end)
    {
        double worst = 0;
        for (int bits = 0; bits < BitConverter.SingleToInt32Bits(end); bits += Stride)
        {
            float x = BitConverter.Int32BitsToSingle(bits);
            double expected = exact(x);
            float rounded = MathF.Abs((float)expected);
            double unit = Math.Max((double)MathF.BitIncrement(rounded) - rounded, float.Epsilon);
            worst = Math.Max(worst, Math.Abs(function(x) - expected) / unit);
        }

        return worst;
    }

    private static void CompareWidths(float x)
    {
        Compare(x, FastMath.Exp(x), FastMath.Exp(Vector128.Create(x))[0], FastMath.Exp(Vector256.Create(x))[5], FastMath.Exp(Vector512.Create(x))[15]);
        Compare(x, FastMath.Tanh(x), FastMath.Tanh(Vector128.Create(x))[0], FastMath.Tanh(Vector256.Create(x))[5], FastMath.Tanh(Vector512.Create(x))[15]);
        Compare(x, FastMath.Sigmoid(x), FastMath.Sigmoid(Vector128.Create(x))[0], FastMath.Sigmoid(Vector256.Create(x))[5], FastMath.Sigmoid(Vector512.Create(x))[15]);
    }

    private static void Compare(float x, float scalar, params float[] vectors)
    {
        foreach (float vector in vectors)
        {
            Assert.True(
                BitConverter.SingleToInt32Bits(scalar) == BitConverter.SingleToInt32Bits(vector) || (float.IsNaN(scalar) && float.IsNaN(vector)),
                $"at {x:R}: {scalar:R} and {vector:R}");
        }
    }
}
