using System;
using System.Linq;
using Xunit;
using static SdCompiler.Runtime.Tests.KernelCases;

namespace SdCompiler.Runtime.Tests;

/// <summary>The three product kernels of every set against sums in double precision.</summary>
public sealed unsafe class ProductKernelTests
{
    private const int Units = 260;
    private const int Panel = KernelSet.PanelColumns;
    private const int Stride = Panel + 8;

    public static TheoryData<string> AllSets() => Sets();

    [Theory]
    [MemberData(nameof(AllSets))]
    public void ForwardSumsTheKeptRows(string set)
    {
        KernelSet kernels = KernelSet.ByName(set);
        Random random = new(1);
        using GuardedFloats w = new(Units * Panel, random), bias = new(Panel, random);
        foreach ((int count, int rows) in Shapes())
        {
            int xStride = rows + (count % 3);
            int[] kept = Kept(Units, count, random);
            using GuardedFloats x = new(Units * xStride, random), y = new(Math.Max(rows, 1) * Stride, random);
            bool addsBias = count % 2 == 0;
            float[] before = y.ToArray();
            fixed (int* list = kept)
            {
                kernels.ForwardPanel(x.Pointer, xStride, w.Pointer, list, count, addsBias ? bias.Pointer : null, y.Pointer, Stride, rows);
            }

            for (int i = 0; i < y.Length; i++)
            {
                int b = i / Stride, c = i % Stride;
                if (c >= Panel || b >= rows)
                {
                    Assert.True(before[i] == y.Pointer[i], "A float outside the rows and columns has changed.");
                    continue;
                }

                double sum = addsBias ? bias.Pointer[c] : before[i], size = Math.Abs(sum);
                for (int j = 0; j < count; j++)
                {
                    double term = (double)x.Pointer[(j * xStride) + b] * w.Pointer[(kept[j] * Panel) + c];
                    sum += term;
                    size += Math.Abs(term);
                }

                AssertNear(sum, size, y.Pointer[i]);
            }

            y.CheckGuards();
        }
    }

    [Theory]
    [MemberData(nameof(AllSets))]
    public void WeightGradientAddsToTheKeptRowsOnly(string set)
    {
        KernelSet kernels = KernelSet.ByName(set);
        Random random = new(2);
        using GuardedFloats dw = new(Units * Panel, random);
        foreach ((int count, int rows) in Shapes())
        {
            int xStride = rows + (count % 3);
            int[] kept = Kept(Units, count, random);
            int[] place = new int[Units];
            int steps = 1 + ((count + rows) % 3), xStep = Units * xStride;
            using GuardedFloats x = new(steps * xStep, random), dy = new(steps * Math.Max(rows, 1) * Stride, random);
            float[] before = dw.ToArray();
            fixed (int* list = kept)
            {
                kernels.WeightGradientPanel(x.Pointer, xStride, xStep, dy.Pointer, Stride, list, count, dw.Pointer, rows, steps, goesOn: count % 2 == 0);
            }

            for (int j = 0; j < count; j++)
            {
                place[kept[j]] = j + 1;
            }

            for (int i = 0; i < dw.Length; i++)
            {
                int k = i / Panel, c = i % Panel;
                if (place[k] == 0)
                {
                    Assert.True(before[i] == dw.Pointer[i], "A dropped row of dW has changed.");
                    continue;
                }

                double sum = before[i], size = Math.Abs(before[i]);
                for (int row = 0; row < steps * rows; row++)
                {
                    double term = (double)x.Pointer[(row / rows * xStep) + ((place[k] - 1) * xStride) + (row % rows)] * dy.Pointer[(row * Stride) + c];
                    sum += term;
                    size += Math.Abs(term);
                }

                AssertNear(sum, size, dw.Pointer[i]);
            }

            dw.CheckGuards();
        }
    }

    [Theory]
    [MemberData(nameof(AllSets))]
    public void BackwardAddsToTheKeptUnitsOnly(string set)
    {
        KernelSet kernels = KernelSet.ByName(set);
        Random random = new(3);
        const int Most = 160;
        using GuardedFloats w = new(Units * (Most + 32), random);
        foreach ((int count, int rows) in Shapes())
        {
            int columns = Panel * (1 + (count % 5)), dyStride = columns + 32, dxStride = rows + (count % 3);
            int[] kept = Kept(Units, count, random);
            using GuardedFloats dx = new(Units * dxStride, random), dy = new(Math.Max(rows, 1) * dyStride, random);
            float[] before = dx.ToArray();
            fixed (int* list = kept)
            {
                kernels.BackwardRows(dy.Pointer, dyStride, columns, w.Pointer, Most + 32, list, count, 0.5f, dx.Pointer, dxStride, rows);
            }

            for (int i = 0; i < dx.Length; i++)
            {
                int k = i / dxStride, b = i % dxStride;
                if (Array.BinarySearch(kept, k) < 0 || b >= rows)
                {
                    Assert.True(before[i] == dx.Pointer[i], "A dropped unit of dx has changed.");
                    continue;
                }

                double sum = before[i], size = Math.Abs(before[i]);
                for (int n = 0; n < columns; n++)
                {
                    double term = 0.5 * dy.Pointer[(b * dyStride) + n] * w.Pointer[(k * (Most + 32)) + n];
                    sum += term;
                    size += Math.Abs(term);
                }

                AssertNear(sum, size, dx.Pointer[i]);
            }

            dx.CheckGuards();
        }
    }

    [Theory]
    [MemberData(nameof(AllSets))]
    public void NotANumberAndInfinityReachExactlyTheSumsTheyAreIn(string set)
    {
        KernelSet kernels = KernelSet.ByName(set);
        const int Rows = 13;
        int[] kept = [0, 2, 5, 9];
        foreach (float special in new[] { float.NaN, float.PositiveInfinity })
        {
            Random random = new(4);
            using GuardedFloats x = new(4 * Rows, random), w = new(10 * Panel, random), y = new(Rows * Panel), dw = new(10 * Panel), dx = new(10 * Rows);
            w.Span.Fill(1);
            x.Pointer[(2 * Rows) + 11] = special; // the third kept unit, row 11
            w.Span.Slice(4 * Panel, Panel).Fill(special); // a dropped row is not read
            fixed (int* list = kept)
            {
                kernels.ForwardPanel(x.Pointer, Rows, w.Pointer, list, kept.Length, null, y.Pointer, Panel, Rows);
                for (int i = 0; i < y.Length; i++)
                {
                    Assert.Equal(i / Panel == 11 ? special : 0, i / Panel == 11 ? y.Pointer[i] : y.Pointer[i] - y.Pointer[i]);
                }

                kernels.WeightGradientPanel(x.Pointer, Rows, 0, w.Pointer, 0, list, kept.Length, dw.Pointer, Rows, 1, goesOn: false);
                for (int i = 0; i < dw.Length; i++)
                {
                    Assert.Equal(i / Panel == 5, !float.IsFinite(dw.Pointer[i]));
                }

                kernels.BackwardRows(y.Pointer, Panel, Panel, w.Pointer, Panel, list, kept.Length, 2, dx.Pointer, Rows, Rows);
                for (int i = 0; i < dx.Length; i++)
                {
                    Assert.Equal(i % Rows == 11 && kept.Contains(i / Rows), !float.IsFinite(dx.Pointer[i]));
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(AllSets))]
    public void ColumnSumsAndSumsOfSquares(string set)
    {
        KernelSet kernels = KernelSet.ByName(set);
        Random random = new(5);
        for (int rows = 0; rows <= 33; rows++)
        {
            using GuardedFloats dy = new(Math.Max(rows, 1) * Stride, random), db = new(Panel, random);
            float[] before = db.ToArray();
            kernels.AddColumnSums(dy.Pointer, Stride, db.Pointer, rows);
            for (int c = 0; c < Panel; c++)
            {
                double sum = before[c];
                for (int b = 0; b < rows; b++)
                {
                    sum += dy.Pointer[(b * Stride) + c];
                }

                AssertNear(sum, rows + 1, db.Pointer[c]);
            }

            db.CheckGuards();
        }

        for (int length = 0; length <= 257; length++)
        {
            using GuardedFloats values = new(length, random);
            double exact = values.ToArray().Sum(v => (double)v * v);
            Assert.Equal(exact, kernels.SumOfSquares(values.Pointer, length), 1e-12 * (1 + exact));
            if (length > 0)
            {
                values.Pointer[length / 2] = float.NaN;
                Assert.True(double.IsNaN(kernels.SumOfSquares(values.Pointer, length)));
                values.Pointer[length / 2] = 1e30f; // its square is no float
                Assert.Equal(1e60, kernels.SumOfSquares(values.Pointer, length), 1e54);
            }
        }
    }
}
