using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using SdCompiler.Runtime;

namespace SdCompiler.Samples.Benchmarks.Measuring;

/// <summary>Runs the products of one layer of H inputs and H units on one thread, with masks that keep various shares of the units.</summary>
internal sealed class LayerMeter
{
    /// <summary>How long a measurement takes at least: the clock is far finer, and a moment without disturbance is likely.</summary>
    private const double Milliseconds = 4;

    /// <summary>Multiply-adds of a pass: windows of large layers are made shorter than usual ones, or a sweep would take an hour.</summary>
    private const double MultiplyAddsOfPass = 0.5e9;

    private const int MostSteps = 35;
    private const int LeastSteps = 8;

    private readonly int _units;
    private readonly int _rows;
    private readonly int _steps;
    private readonly MatrixParameter _weights;
    private readonly VectorParameter _bias;
    private readonly MatrixGradient _weightGradient;
    private readonly VectorGradient _biasGradient;
    private readonly Workspace _workspace;
    private readonly Window _window;
    private readonly Lane _lane;
    private readonly PhaseClock _clock = new();
    private readonly Dictionary<(LayerProduct Product, int Keep), int> _passes = [];
    private readonly int _gates;    // [T, B, N], also dy
    private readonly int _cells;    // [T+1, B, Hp]
    private readonly int _dx;       // [T, H, B]
    private readonly int _dh;       // [H, B]
    private readonly int _packed;   // [T, H, B], the kept units of x

    /// <summary>Makes the layer.</summary>
    /// <param name="weights">Its weights, [H, 4H] in gate order, with plain rows.</param>
    /// <param name="gradient">Their gradient.</param>
    /// <param name="rows">B.</param>
    /// <param name="keep">The shares of units that the masks keep.</param>
    /// <param name="kernels">The kernels.</param>
    public LayerMeter(MatrixParameter weights, MatrixGradient gradient, int rows, IReadOnlyList<double> keep, KernelSet kernels)
    {
        _weights = weights;
        _weightGradient = gradient;
        _units = weights.Rows;
        _rows = rows;
        _steps = (int)Math.Clamp(MultiplyAddsOfPass / ((double)_units * weights.Columns * rows), LeastSteps, MostSteps);
        _bias = new VectorParameter("bias", weights.Columns, ColumnOrder.Gates);
        _biasGradient = new VectorGradient(_bias);
        _lane = new Lane(kernels);
        MaskSite[] sites = keep.Select(Site).ToArray();
        _window = new Window(_steps, rows, [], WindowTarget.None) { Training = true, Masks = new MaskSet(1, sites, _steps, rows) };
        _window.Masks.Draw(_lane, 0, _steps, rows);

        int states = (_steps + 1) * _units * rows; // x, which the recurrent chain uses as h
        _gates = states;
        _cells = _gates + (_steps * rows * weights.PaddedColumns);
        _dx = _cells + ((_steps + 1) * rows * weights.PaddedColumns / PanelLayout.Gates);
        _dh = _dx + (_steps * _units * rows);
        _packed = _dh + (_units * rows);
        int floats = _packed + (_steps * _units * rows);
        _workspace = new Workspace(floats);
        Random random = new(1);
        foreach (ref float value in _workspace.Span(0, _cells))
        {
            value = random.NextSingle() - 0.5f;
        }
    }

    /// <summary>Time steps of a window.</summary>
    public int Steps => _steps;

    /// <summary>Weights of a layer of H units, small enough for a chain of cells that runs for hours.</summary>
    /// <param name="units">H.</param>
    public static MatrixParameter CreateWeights(int units)
    {
        MatrixParameter weights = new("weights", units, PanelLayout.Gates * units, ColumnOrder.Gates);
        Random random = new(1);
        float[] values = new float[weights.Count];
        foreach (ref float value in values.AsSpan())
        {
            value = (random.NextSingle() - 0.5f) / 10;
        }

        weights.ReadFrom(values);
        weights.EnsureRows();
        return weights;
    }

    /// <summary>One measurement.</summary>
    /// <param name="product">The product.</param>
    /// <param name="keep">The number of the mask.</param>
    /// <returns>GFLOP/s on the work that is executed.</returns>
    public double Measure(LayerProduct product, int keep)
    {
        if (!_passes.TryGetValue((product, keep), out int passes))
        {
            passes = _passes[(product, keep)] = Math.Max(1, (int)Math.Ceiling(Milliseconds / Time(product, keep, 2).TotalMilliseconds * 2));
        }

        long before = _lane.MultiplyAdds;
        TimeSpan time = Time(product, keep, passes);
        return 2.0 * (_lane.MultiplyAdds - before) / time.TotalSeconds / 1e9;
    }

    private MaskSite Site(double keep, int number) => new(
        "layer", number, 0, DropoutSites.Input, _units, DropoutPattern.Structured, MaskSampling.FixedCount, Math.Max(1, (int)Math.Round(keep * _units)), 0);

    private TimeSpan Time(LayerProduct product, int keep, int passes)
    {
        // The cell says itself where its products end; reading the clock costs them about 1 % where they are shortest, with one row.
        bool isPart = product == LayerProduct.RecurrentForward;
        _lane.Clock = isPart ? _clock : null;
        _clock.Begin();
        TimeSpan part = _clock.Time(StepPhase.Forward);
        long started = Stopwatch.GetTimestamp();
        _lane.Enter(StepPhase.Forward);
        for (int pass = 0; pass < passes; pass++)
        {
            Run(product, keep);
        }

        TimeSpan whole = Stopwatch.GetElapsedTime(started);
        _lane.Enter(StepPhase.Rest);
        return isPart ? _clock.Time(StepPhase.Forward) - part : whole;
    }

    private void Run(LayerProduct product, int site)
    {
        int stateSize = _units * _rows, gateSize = _rows * _weights.PaddedColumns, cellSize = gateSize / PanelLayout.Gates;
        switch (product)
        {
            case LayerProduct.Forward:
                PackedInput.Window(_lane, _window, _workspace, 0, _packed, _units, _rows, site, 0, _steps);
                MaskedProduct.ForwardWindow(_lane, _window, _weights, _bias, _workspace, _packed, _gates, _rows, site, 0, _steps);
                break;
            case LayerProduct.Backward:
                MaskedProduct.BackwardWindow(_lane, _window, _weights, _workspace, _gates, _dx, _rows, site, accumulate: false, 0, _steps);
                break;
            case LayerProduct.WeightGradient:
                MaskedProduct.GradientWindow(_lane, _window, _weightGradient, _biasGradient, _workspace, _packed, _gates, _rows, site, 0, _steps, begin: true, end: true);
                break;
            case LayerProduct.RecurrentForward or LayerProduct.RecurrentForwardWithCell:
                PackedInput.Window(_lane, _window, _workspace, 0, _packed, _units, _rows, site, 0, 1);
                for (int t = 0; t < _steps; t++)
                {
                    int h = t * stateSize, c = _cells + (t * cellSize), read = _packed + (t * stateSize);
                    LstmCell.Forward(_lane, _window, t, _weights, _workspace, _units, _gates + (t * gateSize), read, h + stateSize, c, c + cellSize, _rows, site, read + stateSize);
                }

                break;
            case LayerProduct.RecurrentBackward:
                for (int t = _steps - 1; t >= 0; t--)
                {
                    LstmCell.BackwardRecurrent(_lane, _window, t, _weights, _workspace, _units, _gates + (t * gateSize), _dh, _rows, site);
                }

                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(product), product, "Not a product.");
        }
    }
}
