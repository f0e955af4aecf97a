using System;
using Xunit;

namespace SdCompiler.Runtime.Tests;

/// <summary>The chain kernels of every set of this machine against the plain loops, with guard elements around.</summary>
public sealed unsafe class CrfKernelTests
{
    public static TheoryData<string> Sets() => KernelCases.Sets();

    [Theory]
    [MemberData(nameof(Sets))]
    public void EverySetGivesTheSameBits(string name)
    {
        KernelSet set = KernelSet.ByName(name);
        for (int rows = 1; rows <= 40; rows++)
        {
            for (int columns = 16; columns <= 64; columns += 16)
            {
                Random random = new(rows);
                using GuardedFloats a = new(rows, random), w = new(rows * columns, random);
                for (int i = 0; i < w.Length; i += 3)
                {
                    w.Pointer[i] = i % 2 == 0 ? float.NegativeInfinity : w.Pointer[i] * 50;
                }

                for (int k = 0; k < rows; k++)
                {
                    w.Pointer[(k * columns) + 5] = float.NegativeInfinity;
                    w.Pointer[(k * columns) + 6] = 1 - a.Pointer[k]; // ties, but for rounding
                }

                w.Pointer[7] = float.NaN;
                float[][] expected = Run(KernelSet.Reference, a, w, rows, columns), actual = Run(set, a, w, rows, columns);
                Assert.Equal(expected, actual);
                Assert.True(float.IsNegativeInfinity(actual[0][5]) && actual[1][5] == 0 && actual[4][5] == 0 && float.IsNaN(actual[1][7]));
                float[] sums = new float[columns];
                fixed (float* to = sums)
                {
                    set.SumExpColumns(a.Pointer, w.Pointer, rows, columns, to, to, null); // without terms
                }

                Assert.Equal(actual[1], sums);
            }
        }
    }

    [Fact]
    public void SumsAndChoicesAreWhatTheySay()
    {
        KernelSet set = KernelSet.Best;
        using GuardedFloats a = new(9, new Random(1)), w = new(9 * 16, new Random(2));
        float[][] results = Run(set, a, w, 9, 16);
        for (int j = 0; j < 16; j++)
        {
            double sum = 0;
            int best = 0;
            for (int k = 0; k < 9; k++)
            {
                sum += Math.Exp(a.Pointer[k] + (double)w.Pointer[(k * 16) + j]);
                best = a.Pointer[k] + w.Pointer[(k * 16) + j] > a.Pointer[best] + w.Pointer[(best * 16) + j] ? k : best;
            }

            Assert.Equal(Math.Log(sum), results[0][j] + Math.Log(results[1][j]), 1e-6);
            Assert.Equal(a.Pointer[best] + w.Pointer[(best * 16) + j], results[3][j]);
            Assert.Equal(best, results[4][j]);
        }
    }

    private static float[][] Run(KernelSet set, GuardedFloats a, GuardedFloats w, int rows, int columns)
    {
        using GuardedFloats max = new(columns), sum = new(columns), terms = new(rows * columns), best = new(columns), index = new(columns);
        set.SumExpColumns(a.Pointer, w.Pointer, rows, columns, max.Pointer, sum.Pointer, terms.Pointer);
        set.MaxColumns(a.Pointer, w.Pointer, rows, columns, best.Pointer, index.Pointer);
        foreach (GuardedFloats floats in new[] { max, sum, terms, best, index })
        {
            floats.CheckGuards();
        }

        return [max.ToArray(), sum.ToArray(), terms.ToArray(), best.ToArray(), index.ToArray()];
    }
}
