using System;
using System.Linq;
using Xunit;

namespace SdCompiler.Runtime.Tests;

/// <summary>Every element-wise kernel, every set of this machine, every length from 0 to 257, with guard elements around.</summary>
public sealed unsafe class ElementwiseKernelTests
{
    private const int Longest = 257;

    public static TheoryData<string> Sets() => [.. KernelSet.Available.Select(set => set.Name)];

    [Theory]
    [MemberData(nameof(Sets))]
    public void Activations(string set)
    {
        foreach (Activation activation in Enum.GetValues<Activation>())
        {
            for (int n = 0; n <= Longest; n++)
            {
                UnalignedFloats expected = new UnalignedFloats(n).Random(1, 6);
                UnalignedFloats actual = new UnalignedFloats(n, n % 16).Random(1, 6);
                KernelSet.Reference.Activate(activation, expected.Pointer, n);
                KernelSet.ByName(set).Activate(activation, actual.Pointer, n);
                AssertSameBits(expected, actual);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void ActivationGradients(string set)
    {
        foreach (Activation activation in Enum.GetValues<Activation>())
        {
            for (int n = 0; n <= Longest; n++)
            {
                UnalignedFloats y = new UnalignedFloats(n).Random(1);
                UnalignedFloats expected = new UnalignedFloats(n).Random(2);
                UnalignedFloats actual = new UnalignedFloats(n, n % 16).Random(2);
                KernelSet.Reference.ActivationGradient(activation, expected.Pointer, y.Pointer, n);
                KernelSet.ByName(set).ActivationGradient(activation, actual.Pointer, y.Pointer, n);
                AssertSameBits(expected, actual);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void PackingPutsKeptRowsSideBySide(string set)
    {
        int[] kept = [0, 3, 4, 9, 11];
        for (int n = 0; n <= 70; n++)
        {
            int stride = n + 2;
            using GuardedFloats x = new(12 * stride, new Random(1)), to = new(kept.Length * stride, new Random(2));
            float[] before = to.ToArray();
            fixed (int* list = kept)
            {
                KernelSet.ByName(set).PackRows(x.Pointer, stride, list, kept.Length, 1.7f, to.Pointer, n);
            }

            for (int i = 0; i < to.Length; i++)
            {
                int j = i / stride, b = i % stride;
                Assert.Equal(b < n ? x.Pointer[(kept[j] * stride) + b] * 1.7f : before[i], to.Pointer[i]);
            }

            to.CheckGuards();
        }
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void ProductsWithAndWithoutAccumulation(string set)
    {
        foreach (bool accumulate in new[] { false, true })
        {
            for (int n = 0; n <= Longest; n++)
            {
                UnalignedFloats a = new UnalignedFloats(n).Random(1);
                UnalignedFloats b = new UnalignedFloats(n, 3).Random(2);
                UnalignedFloats to = new UnalignedFloats(n, n % 16).Random(3);
                float[] before = to.Span.ToArray();
                KernelSet.ByName(set).Multiply(a.Pointer, b.Pointer, to.Pointer, n, accumulate);
                AssertAll(to, i => accumulate ? MathF.FusedMultiplyAdd(a.Span[i], b.Span[i], before[i]) : a.Span[i] * b.Span[i]);
                to.Random(3);
                KernelSet.ByName(set).Scale(a.Pointer, 1.7f, to.Pointer, n, accumulate);
                AssertAll(to, i => accumulate ? MathF.FusedMultiplyAdd(a.Span[i], 1.7f, before[i]) : a.Span[i] * 1.7f);
                KernelSet.ByName(set).Scale(to.Pointer, 0.5f, to.Pointer, n, accumulate: false); // in place
                AssertAll(to, i => (accumulate ? MathF.FusedMultiplyAdd(a.Span[i], 1.7f, before[i]) : a.Span[i] * 1.7f) * 0.5f);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void AddConstant(string set)
    {
        for (int n = 0; n <= Longest; n++)
        {
            UnalignedFloats y = new UnalignedFloats(n, n % 16).Random(1);
            float[] before = y.Span.ToArray();
            KernelSet.ByName(set).AddConstant(y.Pointer, -2.5f, n);
            AssertAll(y, i => before[i] - 2.5f);
        }
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void MaxFindsEveryPosition(string set)
    {
        for (int n = 1; n <= Longest; n++)
        {
            UnalignedFloats y = new UnalignedFloats(n, n % 16).Random((ulong)n);
            int where = (n * 31) % n;
            y.Span[where == 0 ? n - 1 : where] = 3;
            Assert.Equal(3, KernelSet.ByName(set).Max(y.Pointer, n));
            y.Span.Fill(float.NegativeInfinity);
            Assert.Equal(float.NegativeInfinity, KernelSet.ByName(set).Max(y.Pointer, n));
        }

        UnalignedFloats all = new UnalignedFloats(70);
        for (int i = 0; i < 70; i++)
        {
            all.Span.Fill(-1);
            all.Span[i] = -0.5f;
            Assert.Equal(-0.5f, KernelSet.ByName(set).Max(all.Pointer, 70));
        }
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void SumExpAddsWhatItStores(string set)
    {
        for (int n = 0; n <= Longest; n++)
        {
            UnalignedFloats y = new UnalignedFloats(n, n % 16).Random(5, 20);
            float[] before = y.Span.ToArray();
            double only = KernelSet.ByName(set).SumExp(y.Pointer, 4, null, n);
            Assert.Equal(before, y.Span.ToArray());
            double sum = KernelSet.ByName(set).SumExp(y.Pointer, 4, y.Pointer, n);
            Assert.Equal(only, sum);
            AssertAll(y, i => FastMath.Exp(before[i] - 4));
            double exact = before.Sum(x => Math.Exp(x - 4.0));
            Assert.True(Math.Abs(sum - exact) <= 2e-6 * exact, $"{n}: {sum} and {exact}");
        }
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void LongSumsLoseNothing(string set)
    {
        const int N = 100_003;
        UnalignedFloats y = new UnalignedFloats(N).Random(9, 5);
        double exact = y.Span.ToArray().Sum(x => Math.Exp(x - 5.0));
        Assert.Equal(1, KernelSet.ByName(set).SumExp(y.Pointer, 5, null, N) / exact, 3e-7);
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void NaNIsNeverLost(string set)
    {
        for (int at = 0; at < 37; at++)
        {
            UnalignedFloats y = new UnalignedFloats(37).Random(1);
            y.Span[at] = float.NaN;
            Assert.True(double.IsNaN(KernelSet.ByName(set).SumExp(y.Pointer, 1, null, 37)));
            KernelSet.ByName(set).Activate(Activation.Tanh, y.Pointer, 37);
            Assert.True(float.IsNaN(y.Span[at]));
            KernelSet.ByName(set).Activate(Activation.Relu, y.Pointer, 37);
            Assert.True(float.IsNaN(y.Span[at]));
            KernelSet.ByName(set).Scale(y.Pointer, 0, y.Pointer, 37, accumulate: false);
            Assert.True(float.IsNaN(y.Span[at]));
        }
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void SpecialValuesPassActivations(string set)
    {
        float[] inputs = [float.NegativeInfinity, float.MinValue, -float.Epsilon, -0f, 0f, float.Epsilon, float.MaxValue, float.PositiveInfinity, float.NaN];
        foreach (Activation activation in Enum.GetValues<Activation>())
        {
            UnalignedFloats y = new(inputs.Length * 4);
            for (int i = 0; i < y.Length; i++)
            {
                y.Span[i] = inputs[i % inputs.Length];
            }

            KernelSet.ByName(set).Activate(activation, y.Pointer, y.Length);
            for (int i = 0; i < y.Length; i++)
            {
                float x = inputs[i % inputs.Length];
                float expected = activation switch
                {
                    Activation.Tanh => FastMath.Tanh(x),
                    Activation.Sigmoid => FastMath.Sigmoid(x),
                    Activation.Relu => x < 0 ? 0 : x,
                    _ => x,
                };
                Assert.Equal(expected, y.Span[i]);
            }
        }
    }

    [Fact]
    public void AnUnknownActivationIsRefused()
    {
        foreach (KernelSet set in KernelSet.Available)
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => Apply(set));
        }

        static void Apply(KernelSet set)
        {
            float y = 0;
            set.Activate((Activation)17, &y, 1);
        }
    }

    private static void AssertSameBits(UnalignedFloats expected, UnalignedFloats actual) => AssertAll(actual, i => expected.Span[i]);

    private static void AssertAll(UnalignedFloats actual, Func<int, float> expected)
    {
        actual.AssertGuards();
        for (int i = 0; i < actual.Length; i++)
        {
            float wanted = expected(i);
            if (BitConverter.SingleToInt32Bits(wanted) != BitConverter.SingleToInt32Bits(actual.Span[i]))
            {
                Assert.Fail($"Element {i} of {actual.Length} is {actual.Span[i]:R}, not {wanted:R}.");
            }
        }
    }
}
