using System;
using System.Linq;
using Xunit;

namespace SdCompiler.Runtime.Tests;

/// <summary>The attention kernels of every set of this machine against sums in double precision, with guard elements around.</summary>
public sealed unsafe class AttentionKernelTests
{
    public static TheoryData<string> Sets() => KernelCases.Sets();

    [Theory]
    [MemberData(nameof(Sets))]
    public void Every_kernel_gives_the_sum_that_it_says(string name)
    {
        KernelSet set = KernelSet.ByName(name);
        for (int count = 1; count <= 21; count++)
        {
            foreach (int n in new[] { 32, 64, 96, 512 })
            {
                Random random = new((100 * count) + n);
                int stride = n + (32 * (count % 3));
                using GuardedFloats q = new(n, random), v = new(n, random), factors = new(count, random), rows = new(count * stride, random), sums = new(count), wide = new(n);
                set.Dots(q.Pointer, rows.Pointer, stride, count, n, sums.Pointer);
                for (int j = 0; j < count; j++)
                {
                    Near(n, i => q.Pointer[i] * (double)rows.Pointer[(j * stride) + i], sums.Pointer[j]);
                }

                set.TanhDots(q.Pointer, rows.Pointer, v.Pointer, stride, count, n, sums.Pointer);
                for (int j = 0; j < count; j++)
                {
                    Near(n, i => v.Pointer[i] * Math.Tanh(q.Pointer[i] + rows.Pointer[(j * stride) + i]), sums.Pointer[j]);
                }

                set.WeightedSum(factors.Pointer, rows.Pointer, stride, count, n, wide.Pointer);
                for (int i = 0; i < n; i++)
                {
                    Near(count, j => factors.Pointer[j] * (double)rows.Pointer[(j * stride) + i], wide.Pointer[i]);
                }

                foreach (GuardedFloats buffer in new[] { q, v, factors, rows, sums, wide })
                {
                    buffer.CheckGuards();
                }
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Outer_products_touch_their_rows_alone(bool accumulate)
    {
        foreach (KernelSet set in KernelSet.Available)
        {
            for (int count = 1; count <= 9; count++)
            {
                const int N = 64, Stride = 96;
                using GuardedFloats factors = new(count, new Random(1)), x = new(N, new Random(2)), to = new(count * Stride, new Random(3));
                float[] before = to.ToArray();
                set.Outer(factors.Pointer, x.Pointer, to.Pointer, Stride, count, N, accumulate);
                for (int j = 0; j < count; j++)
                {
                    for (int i = 0; i < Stride; i++)
                    {
                        float old = before[(j * Stride) + i];
                        double expected = i >= N ? old : (factors.Pointer[j] * (double)x.Pointer[i]) + (accumulate ? old : 0);
                        Assert.Equal(expected, to.Pointer[(j * Stride) + i], 1e-6);
                    }
                }

                to.CheckGuards();
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_gradient_of_tanh_scores_is_the_derivative(bool accumulate)
    {
        foreach (KernelSet set in KernelSet.Available)
        {
            const int N = 64, Stride = 64;
            int count = 7;
            Random random = new(5);
            using GuardedFloats de = new(count, random), q = new(N, random), k = new(count * Stride, random), v = new(N, random);
            using GuardedFloats dq = new(N, random), dk = new(count * Stride, random), dv = new(N, random);
            (float[] oldQ, float[] oldK, float[] oldV) = (dq.ToArray(), dk.ToArray(), dv.ToArray());
            set.TanhDotsGradient(de.Pointer, q.Pointer, k.Pointer, v.Pointer, Stride, count, N, dq.Pointer, dk.Pointer, dv.Pointer, accumulate);
            for (int i = 0; i < N; i++)
            {
                double sumQ = oldQ[i], sumV = oldV[i];
                for (int j = 0; j < count; j++)
                {
                    double y = Math.Tanh(q.Pointer[i] + (double)k.Pointer[(j * Stride) + i]);
                    double g = de.Pointer[j] * v.Pointer[i] * (1 - (y * y));
                    sumQ += g;
                    sumV += de.Pointer[j] * y;
                    Assert.Equal(g + (accumulate ? oldK[(j * Stride) + i] : 0), dk.Pointer[(j * Stride) + i], 2e-6);
                }

                Assert.Equal(sumQ, dq.Pointer[i], 5e-6);
                Assert.Equal(sumV, dv.Pointer[i], 5e-6);
            }

            foreach (GuardedFloats buffer in new[] { dq, dk, dv })
            {
                buffer.CheckGuards();
            }
        }
    }

    private static void Near(int terms, Func<int, double> term, float actual) =>
        KernelCases.AssertNear(Enumerable.Range(0, terms).Sum(term), Enumerable.Range(0, terms).Sum(i => Math.Abs(term(i))), actual);
}
