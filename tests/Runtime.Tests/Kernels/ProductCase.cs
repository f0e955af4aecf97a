using System;
using System.Linq;

namespace SdCompiler.Runtime.Tests;

/// <summary>One layer y = x . W + b with dropout on x: its forward product and both gradients over a window, and the same in double precision.</summary>
internal sealed class ProductCase
{
    private readonly int T;
    private readonly int B;
    private readonly KernelSet kernels;
    private readonly Window window;
    private readonly MatrixParameter weights;
    private readonly VectorParameter bias;
    private readonly MatrixGradient dW;
    private readonly VectorGradient db;
    private readonly Workspace workspace;
    private readonly int x, y, dy, dx, packed;
    private readonly float[] torch, torchBias, dyValues;

    public ProductCase(string set, int units, int columns, bool ragged, bool dropout, int steps = 5, int batch = 6)
    {
        (T, B) = (steps, batch);
        ChunkSteps = steps;
        kernels = KernelSet.ByName(set);
        Random random = new(11);
        weights = new MatrixParameter("W", units, columns, ColumnOrder.Plain);
        bias = new VectorParameter("b", columns, ColumnOrder.Plain);
        torch = Numbers(units * columns, random);
        torchBias = Numbers(columns, random);
        weights.ReadFrom(torch);
        bias.ReadFrom(torchBias);
        weights.EnsureRows();
        dW = new MatrixGradient(weights);
        db = new VectorGradient(bias);

        int kept = dropout ? units / 2 : units;
        MaskSite site = new("x", 0, 0, DropoutSites.Input, units, DropoutPattern.Structured, MaskSampling.FixedCount, kept, 0);
        MaskSet masks = new(7, [site], T, B);
        masks.Draw(new Lane(kernels), 3, T, B);
        window = new Window(T, B, [], WindowTarget.None) { Training = true, Masks = masks };
        if (ragged)
        {
            window.SetShape([.. Enumerable.Range(0, Math.Max(1, B - 1)).Select(b => Math.Max(1, T - (b * T / B)))]);
        }

        int N = weights.PaddedColumns;
        (x, y, dy, dx) = (0, T * units * B, (T * units * B) + (T * B * N), (T * units * B) + (2 * T * B * N));
        packed = dx + (T * units * B);
        workspace = new Workspace(packed + (T * units * B));
        Numbers(T * units * B, random).CopyTo(workspace.Span(x, T * units * B));
        Numbers(T * units * B, random).CopyTo(workspace.Span(dx, T * units * B)); // rubbish that must not survive
        dyValues = Numbers(T * B * N, random);
        for (int i = 0; i < dyValues.Length; i++)
        {
            dyValues[i] = i % N < columns ? dyValues[i] : 0;
        }

        dyValues.CopyTo(workspace.Span(dy, T * B * N));
    }

    public int Site { get; init; }

    public int ChunkSteps { get; init; }

    public int RunningRows => Enumerable.Range(0, window.Steps).Sum(window.RowsAt);

    /// <summary>Bytes that the calling thread allocates for the products of a window, after those of a window of one step.</summary>
    public long AllocatedAfterOneStep()
    {
        Lane lane = new(kernels);
        window.SetShape([1]);
        RunOn(lane);
        window.SetShape([.. Enumerable.Repeat(T, B)]);
        long before = GC.GetAllocatedBytesForCurrentThread();
        RunOn(lane);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    /// <summary>Runs the three products and returns the multiply-adds counted.</summary>
    public long Run(int lanes)
    {
        using WorkerTeam team = new(lanes, kernels);
        team.Run(new ActionWork(RunOn));
        return team.MultiplyAdds;
    }

    private void RunOn(Lane lane)
    {
        for (int first = 0; first < window.Steps; first += ChunkSteps)
        {
            int count = Math.Min(ChunkSteps, window.Steps - first), at = first * B * weights.PaddedColumns;
            PackedInput.Window(lane, window, workspace, x, packed, weights.Rows, B, Site, first, count);
            lane.Barrier();
            MaskedProduct.ForwardWindow(lane, window, weights, bias, workspace, packed, y + at, B, Site, first, count);
            MaskedProduct.BackwardWindow(lane, window, weights, workspace, dy + at, dx, B, Site, false, first, count);
            MaskedProduct.GradientWindow(lane, window, dW, db, workspace, packed, dy + at, B, Site, first, count, first == 0, first + count == window.Steps);
        }
    }

    public float[] Results() => [.. workspace.Span(0, (int)(workspace.Bytes / sizeof(float))), .. Gradients(), (float)dW.SquaredNorm(), (float)db.SquaredNorm()];

    public float[] Gradients()
    {
        float[] result = new float[weights.Count + bias.Count];
        dW.WriteTo(result.AsSpan(0, (int)weights.Count));
        db.WriteTo(result.AsSpan((int)weights.Count));
        return result;
    }

    public void CheckAgainstDoubles()
    {
        int units = weights.Rows, columns = weights.Columns, N = weights.PaddedColumns;
        Span<float> xs = workspace.Span(x, T * units * B), dxs = workspace.Span(dx, T * units * B), ys = workspace.Span(y, T * B * N);
        double[] gradient = new double[units * columns], biasGradient = new double[columns];
        for (int t = 0; t < window.Steps; t++)
        {
            KeptUnits kept = window.Kept(Site, t, units);
            double[] mask = new double[units];
            foreach (int k in kept.Span)
            {
                mask[k] = kept.Scale;
            }

            for (int b = 0; b < window.RowsAt(t); b++)
            {
                double[] input = new double[units];
                for (int k = 0; k < units; k++)
                {
                    input[k] = mask[k] * xs[(((t * units) + k) * B) + b];
                }

                for (int n = 0; n < columns; n++)
                {
                    double sum = torchBias[n], dyValue = dyValues[(((t * B) + b) * N) + n];
                    biasGradient[n] += dyValue;
                    for (int k = 0; k < units; k++)
                    {
                        sum += input[k] * torch[(n * units) + k];
                        gradient[(n * units) + k] += input[k] * dyValue;
                    }

                    KernelCases.AssertNear(sum, units, ys[(((t * B) + b) * N) + n]);
                }

                for (int k = 0; k < units; k++)
                {
                    double sum = 0;
                    for (int n = 0; n < columns; n++)
                    {
                        sum += mask[k] * torch[(n * units) + k] * dyValues[(((t * B) + b) * N) + n];
                    }

                    KernelCases.AssertNear(sum, mask[k] == 0 ? 0 : columns, dxs[(((t * units) + k) * B) + b]);
                }
            }
        }

        double[] all = [.. gradient, .. biasGradient];
        float[] actual = Gradients();
        for (int i = 0; i < all.Length; i++)
        {
            KernelCases.AssertNear(all[i], T * B, actual[i]);
        }

        double norm = actual.Sum(v => (double)v * v);
        Xunit.Assert.Equal(norm, dW.SquaredNorm() + db.SquaredNorm(), 1e-9 * (1 + norm));
    }

    private static float[] Numbers(int count, Random random) => Enumerable.Range(0, count).Select(_ => (random.NextSingle() * 2) - 1).ToArray();
}
