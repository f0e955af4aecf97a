using System;
using System.Linq;
using Xunit;

namespace SdCompiler.Runtime.Tests;

/// <summary>
/// A chain from the last step to the first is the chain of <see cref="LstmCellTests"/> on sentences written backwards: the same bits, step by step, for rows of different
/// lengths, packed and whole states, any number of lanes.
/// </summary>
public sealed class ReverseChainTests
{
    private const int T = 4;
    private const int B = 5;
    private static readonly int[] Lengths = [4, 4, 2, 2, 1];

    public static TheoryData<string, int, int> Cases()
    {
        TheoryData<string, int, int> data = [];
        foreach (KernelSet set in KernelSet.Available)
        {
            data.Add(set.Name, 3, 1);
            data.Add(set.Name, 21, 2);
            data.Add(set.Name, 120, 3);
            data.Add(set.Name, 150, 3); // 608 columns: two chunks of the backward product
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void ItIsTheForwardChainOfTheReversedSentences(string set, int units, int lanes)
    {
        // Beyond 128 rows of weights, how many rows of the batch run decides how a sum is cut, and these chains meet other rows at each step.
        foreach (bool packs in units <= 128 ? (bool[])[false, true] : [true])
        {
            float[] forward = Run(KernelSet.ByName(set), units, 1, packs, reverse: false, out long expected);
            float[] reverse = Run(KernelSet.ByName(set), units, lanes, packs, reverse: true, out long counted);
            Assert.Equal(forward, reverse);
            Assert.True(forward.Count(value => value != 0) > forward.Length / 3, "too little was computed to compare");

            // Forward products have all running rows in both; a gradient flows back to the row's own first step of the chain, so the forward chain's step 0 is the only one beyond it.
            long first = Lengths.Length * (packs ? (units + 1L) / 2 : units) * 4 * units;
            Assert.Equal(expected - first, counted);
        }
    }

    /// <summary>h, da, and what came down the chain at last, by row and by position in the chain.</summary>
    private static float[] Run(KernelSet kernels, int units, int lanes, bool packs, bool reverse, out long multiplyAdds)
    {
        Random random = new(5);
        MatrixParameter wh = new("Wh", units, 4 * units, ColumnOrder.Gates);
        wh.ReadFrom(Enumerable.Range(0, 4 * units * units).Select(_ => (random.NextSingle() - 0.5f) / 4).ToArray());
        wh.EnsureRows();

        // One list for all steps: masks are drawn by time step, and these chains meet the same sentence at different ones.
        MaskSite site = new("h", 0, 0, DropoutSites.Recurrent, units, DropoutPattern.StructuredFixed, MaskSampling.FixedCount, (units + 1) / 2, 0);
        Window window = new(T, B, [], WindowTarget.None) { Training = true, Masks = new MaskSet(7, [site], T, B) };
        window.SetShape(Lengths);
        window.Masks.Draw(new Lane(kernels), 1, T, B);

        int N = wh.PaddedColumns, BN = B * N, BH = B * units, BHp = BN / 4;
        int gates = 0, h = T * BN, c = h + ((T + 2) * BH), dhAbove = c + ((T + 2) * BHp), dhRecurrent = dhAbove + (T * BH), dc = dhRecurrent + BH, packed = dc + BHp;
        Workspace workspace = new(packed + (T * BH));
        workspace.Span(0, packed + (T * BH)).Fill(float.NaN); // whatever is read was written before
        workspace.Span(h, reverse ? 0 : BH).Clear();
        workspace.Span(c, reverse ? 0 : BHp).Clear();
        workspace.Span(dc, BHp).Clear(); // padding units
        for (int b = 0; b < B; b++)
        {
            for (int position = 0; position < Lengths[b]; position++)
            {
                int t = reverse ? Lengths[b] - 1 - position : position;
                for (int i = 0; i < N; i++)
                {
                    int unit = (i / KernelSet.PanelColumns * KernelSet.PanelUnits) + (i % KernelSet.PanelUnits);
                    workspace.Span(gates + (t * BN) + (b * N), N)[i] = unit < units ? random.NextSingle() - 0.5f : 0;
                }

                for (int k = 0; k < units; k++)
                {
                    workspace.Span(dhAbove + (t * BH), BH)[(k * B) + b] = random.NextSingle() - 0.5f;
                }
            }
        }

        using WorkerTeam team = new(lanes, kernels);
        team.Run(new ActionWork(lane =>
        {
            if (reverse)
            {
                Reverse(lane);
            }
            else
            {
                Forward(lane);
            }
        }));
        multiplyAdds = team.MultiplyAdds;
        return Enumerable.Range(0, B).SelectMany(b => Enumerable.Range(0, Lengths[b]).SelectMany(position =>
        {
            int t = reverse ? Lengths[b] - 1 - position : position;
            return workspace.Span(gates + (t * BN) + (b * N), N).ToArray()
                .Concat(Enumerable.Range(0, units).Select(k => workspace.Span(h + ((t + 1) * BH), BH)[(k * B) + b]))
                .Concat(workspace.Span(c + ((t + 1) * BHp) + (b * N / 4), units).ToArray());
        })).ToArray();

        int Mask() => packs ? 0 : -1;

        void Forward(Lane lane)
        {
            PackedInput.Window(lane, window, workspace, h, packed, units, B, 0, 0, 1);
            lane.Barrier();
            for (int t = 0; t < T; t++)
            {
                int read = packs ? packed + (t * BH) : h + (t * BH);
                LstmCell.Forward(lane, window, t, wh, workspace, units, gates + (t * BN), read, h + ((t + 1) * BH), c + (t * BHp), c + ((t + 1) * BHp), B, Mask(), packs ? read + BH : -1);
                lane.Barrier();
            }

            for (int t = T - 1; t >= 0; t--)
            {
                LstmCell.BackwardGates(lane, window, t, workspace, units, gates + (t * BN), c + (t * BHp), c + ((t + 1) * BHp), dhAbove + (t * BH), dhRecurrent, dc, B);
                lane.Barrier();
                LstmCell.BackwardRecurrent(lane, window, t, wh, workspace, units, gates + (t * BN), dhRecurrent, B, Mask());
                lane.Barrier();
            }
        }

        void Reverse(Lane lane)
        {
            LstmCell.ReverseStart(lane, window, workspace, units, h, c, B);
            lane.Barrier();
            PackedInput.Window(lane, window, workspace, h + (2 * BH), packed, units, B, 0, T - 1, 1);
            lane.Barrier();
            for (int t = T - 1; t >= 0; t--)
            {
                int read = packs ? packed + (t * BH) : h + ((t + 2) * BH);
                LstmCell.ForwardReverse(lane, window, t, wh, workspace, units, gates + (t * BN), read, h + ((t + 1) * BH), c + ((t + 2) * BHp), c + ((t + 1) * BHp), B, Mask(), packs ? read - BH : -1);
                lane.Barrier();
            }

            for (int t = 0; t < T; t++)
            {
                LstmCell.BackwardGatesReverse(lane, window, t, workspace, units, gates + (t * BN), c + ((t + 2) * BHp), c + ((t + 1) * BHp), dhAbove + (t * BH), dhRecurrent, dc, B);
                lane.Barrier();
                LstmCell.BackwardRecurrentReverse(lane, window, t, wh, workspace, units, gates + (t * BN), dhRecurrent, B, Mask());
                lane.Barrier();
            }
        }
    }
}
