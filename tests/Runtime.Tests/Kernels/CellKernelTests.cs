using System;
using System.Linq;
using Xunit;

namespace SdCompiler.Runtime.Tests;

/// <summary>The LSTM cell of every set against double precision, and against the plain loops, whose bits it has.</summary>
public sealed unsafe class CellKernelTests
{
    private const int Panel = KernelSet.PanelColumns;
    private const int Units = KernelSet.PanelUnits;
    private const int GateStride = Panel + 8;
    private const int CellStride = Units + 4;

    public static TheoryData<string> AllSets() => KernelCases.Sets();

    [Theory]
    [MemberData(nameof(AllSets))]
    public void ForwardIsTheCellOfTheEquations(string set)
    {
        Random random = new(1);
        for (int rows = 0; rows <= 70; rows++)
        {
            int units = 1 + (rows % Units), hStride = rows + (rows % 3);
            using GuardedFloats gates = new(Math.Max(1, rows) * GateStride, random), c = new(Math.Max(1, rows) * CellStride, random), next = new(c.Length, random), h = new(Units * hStride, random);
            float[] a = gates.ToArray(), oldNext = next.ToArray(), oldH = h.ToArray();
            KernelSet.ByName(set).CellForward(gates.Pointer, GateStride, c.Pointer, next.Pointer, CellStride, h.Pointer, hStride, units, rows);
            for (int b = 0; b < rows; b++)
            {
                for (int u = 0; u < Units; u++)
                {
                    double i = Sigmoid(a[(b * GateStride) + u]), f = Sigmoid(a[(b * GateStride) + Units + u]);
                    double g = Math.Tanh(a[(b * GateStride) + (2 * Units) + u]), o = Sigmoid(a[(b * GateStride) + (3 * Units) + u]);
                    double cell = (f * c.Pointer[(b * CellStride) + u]) + (i * g);
                    double[] expected = [i, f, g, o];
                    for (int gate = 0; gate < 4; gate++)
                    {
                        KernelCases.AssertNear(expected[gate], 1, gates.Pointer[(b * GateStride) + (gate * Units) + u]);
                    }

                    KernelCases.AssertNear(cell, 1, next.Pointer[(b * CellStride) + u]);
                    if (u < units)
                    {
                        KernelCases.AssertNear(o * Math.Tanh(cell), 1, h.Pointer[(u * hStride) + b]);
                    }
                }
            }

            AssertOutsideUnchanged(a, gates, GateStride, Panel, rows);
            AssertOutsideUnchanged(oldNext, next, CellStride, Units, rows);
            AssertOutsideUnchanged(oldH, h, Math.Max(1, hStride), rows, units);
        }
    }

    [Theory]
    [MemberData(nameof(AllSets))]
    public void BackwardIsTheDerivativeOfForward(string set)
    {
        Random random = new(2);
        for (int rows = 0; rows <= 70; rows++)
        {
            int units = 1 + (rows % Units), hStride = rows + (rows % 3), recurrent = rows * (rows % 4) / 3;
            using GuardedFloats gates = new(Math.Max(1, rows) * GateStride, random), c = new(Math.Max(1, rows) * CellStride, random), next = new(c.Length, random), dc = new(c.Length, random);
            using GuardedFloats above = new(Units * hStride, random), below = new(Units * hStride, random);
            float[] act = gates.ToArray(), oldDc = dc.ToArray();
            KernelSet.ByName(set).CellBackward(gates.Pointer, GateStride, c.Pointer, next.Pointer, dc.Pointer, CellStride, above.Pointer, below.Pointer, hStride, units, rows, recurrent);
            for (int b = 0; b < rows; b++)
            {
                for (int u = 0; u < Units; u++)
                {
                    int at = (b * GateStride) + u, cAt = (b * CellStride) + u;
                    double i = act[at], f = act[at + Units], g = act[at + (2 * Units)], o = act[at + (3 * Units)];
                    double dh = u >= units ? 0 : above.Pointer[(u * hStride) + b] + (b < recurrent ? below.Pointer[(u * hStride) + b] : 0);
                    double tanh = Math.Tanh(next.Pointer[cAt]);
                    double dCell = (b < recurrent ? oldDc[cAt] : 0) + (dh * o * (1 - (tanh * tanh)));
                    KernelCases.AssertNear(dCell * g * i * (1 - i), 4, gates.Pointer[at]);
                    KernelCases.AssertNear(dCell * c.Pointer[cAt] * f * (1 - f), 4, gates.Pointer[at + Units]);
                    KernelCases.AssertNear(dCell * i * (1 - (g * g)), 4, gates.Pointer[at + (2 * Units)]);
                    KernelCases.AssertNear(dh * tanh * o * (1 - o), 4, gates.Pointer[at + (3 * Units)]);
                    KernelCases.AssertNear(dCell * f, 4, dc.Pointer[cAt]);
                }
            }

            AssertOutsideUnchanged(act, gates, GateStride, Panel, rows);
            AssertOutsideUnchanged(oldDc, dc, CellStride, Units, rows);
        }
    }

    [Fact]
    public void EverySetGivesTheSameBits()
    {
        const int Rows = 37;
        float[][] results = KernelSet.Available.Select(set =>
        {
            Random random = new(3);
            using GuardedFloats gates = new(Rows * Panel, random), c = new(Rows * Units, random), next = new(Rows * Units), dc = new(Rows * Units, random), h = new(Units * Rows), dh = new(Units * Rows, random);
            gates.Pointer[7] = float.NaN;
            gates.Pointer[40] = float.NegativeInfinity;
            set.CellForward(gates.Pointer, Panel, c.Pointer, next.Pointer, Units, h.Pointer, Rows, Units, Rows);
            set.CellBackward(gates.Pointer, Panel, c.Pointer, next.Pointer, dc.Pointer, Units, dh.Pointer, h.Pointer, Rows, Units, Rows, Rows - 5);
            return (float[])[.. gates.Span, .. next.Span, .. h.Span, .. dc.Span];
        }).ToArray();
        foreach (float[] result in results)
        {
            Assert.Equal(results[^1], result);
            Assert.Contains(result, float.IsNaN);
        }
    }

    private static double Sigmoid(double a) => 1 / (1 + Math.Exp(-a));

    private static void AssertOutsideUnchanged(float[] before, GuardedFloats after, int stride, int width, int rows)
    {
        after.CheckGuards();
        for (int i = 0; i < before.Length; i++)
        {
            if (i / stride >= rows || i % stride >= width)
            {
                Assert.True(before[i] == after.Pointer[i], "A float outside the rows and columns has changed.");
            }
        }
    }
}
