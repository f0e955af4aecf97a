using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace SdCompiler.Runtime.Tests;

/// <summary>A recurrent chain of a few steps, forwards and backwards, as emitted code runs it.</summary>
public sealed class LstmCellTests
{
    private const int T = 4;
    private const int B = 5;

    public static TheoryData<string, int> Cases()
    {
        TheoryData<string, int> data = [];
        foreach (KernelSet set in KernelSet.Available)
        {
            data.Add(set.Name, 3);
            data.Add(set.Name, 21);
            data.Add(set.Name, 150); // 608 columns: two chunks of the backward product
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void TheBitsAreTheSameForAnyNumberOfLanes(string set, int units)
    {
        float[][] results = new[] { 1, 2, 3 }.Select(lanes => Run(KernelSet.ByName(set), units, lanes, kept: (units + 1) / 2).Results).ToArray();
        Assert.Equal(results[0], results[1]);
        Assert.Equal(results[0], results[2]);
        Assert.All(results[0], value => Assert.True(float.IsFinite(value)));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void EverySetAgreesWithThePlainLoops(string set, int units)
    {
        foreach (int kept in new[] { units, (units + 1) / 2 })
        {
            float[] expected = Run(KernelSet.Reference, units, 1, kept).Results, actual = Run(KernelSet.ByName(set), units, 2, kept).Results;
            for (int i = 0; i < expected.Length; i++)
            {
                Assert.Equal(expected[i], actual[i], 2e-5f);
            }
        }
    }

    [Fact]
    public void EveryStepCountsItsRunningRowsAndKeptUnits()
    {
        (float[] _, long counted) = Run(KernelSet.Reference, 21, 2, 11);
        Assert.Equal(2L * (5 + 4 + 2 + 2) * 11 * 4 * 21, counted);
    }

    /// <summary>Rows of lengths 4, 4, 2, 2, 1 are padded to nothing: a row that has ended is not computed.</summary>
    private static (float[] Results, long MultiplyAdds) Run(KernelSet kernels, int units, int lanes, int kept)
    {
        Random random = new(5);
        MatrixParameter wh = new("Wh", units, 4 * units, ColumnOrder.Gates);
        wh.ReadFrom(Enumerable.Range(0, 4 * units * units).Select(_ => (random.NextSingle() - 0.5f) / 4).ToArray());
        wh.EnsureRows();
        MaskSite site = new("h", 0, 0, DropoutSites.Recurrent, units, DropoutPattern.Structured, MaskSampling.FixedCount, kept, 0);
        Window window = new(T, B, [], WindowTarget.None) { Training = true, Masks = new MaskSet(7, [site], T, B) };
        window.SetShape([4, 4, 2, 2, 1]);
        window.Masks.Draw(new Lane(kernels), 1, T, B);

        int N = wh.PaddedColumns, BN = B * N, BH = B * units, BHp = BN / 4;
        int gates = 0, h = T * BN, c = h + ((T + 1) * BH), dhAbove = c + ((T + 1) * BHp), dhRecurrent = dhAbove + (T * BH), dc = dhRecurrent + BH, packed = dc + BHp;
        Workspace workspace = new(packed + (T * BH));
        for (int i = 0; i < T * BN; i++)
        {
            int unit = (i % N / KernelSet.PanelColumns * KernelSet.PanelUnits) + (i % KernelSet.PanelUnits);
            workspace.Span(gates, T * BN)[i] = unit < units ? random.NextSingle() - 0.5f : 0; // padding units have zero weights
        }

        foreach (ref float value in workspace.Span(dhAbove, T * BH))
        {
            value = random.NextSingle() - 0.5f;
        }

        using WorkerTeam team = new(lanes, kernels);
        team.Run(new ActionWork(lane =>
        {
            PackedInput.Window(lane, window, workspace, h, packed, units, B, 0, 0, 1);
            lane.Barrier();
            for (int t = 0; t < window.Steps; t++)
            {
                int read = packed + (t * BH);
                LstmCell.Forward(lane, window, t, wh, workspace, units, gates + (t * BN), read, h + ((t + 1) * BH), c + (t * BHp), c + ((t + 1) * BHp), B, 0, read + BH);
                lane.Barrier();
            }

            for (int t = window.Steps - 1; t >= 0; t--)
            {
                LstmCell.BackwardGates(lane, window, t, workspace, units, gates + (t * BN), c + (t * BHp), c + ((t + 1) * BHp), dhAbove + (t * BH), dhRecurrent, dc, B);
                lane.Barrier();
                LstmCell.BackwardRecurrent(lane, window, t, wh, workspace, units, gates + (t * BN), dhRecurrent, B, 0);
                lane.Barrier();
            }
        }));
        return (workspace.Span(0, dc + BHp).ToArray(), team.MultiplyAdds);
    }
}
