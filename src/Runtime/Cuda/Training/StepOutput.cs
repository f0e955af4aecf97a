using System;

namespace SdCompiler.Runtime.Cuda;

/// <summary>What a step gives back, as one block that it copies from the device; places are in bytes.</summary>
internal sealed class StepOutput
{
    private readonly Window _window;
    private readonly int _cells;

    public StepOutput(CudaTrainerBody body)
    {
        _window = body.Window;
        _cells = _window.TimeSteps * _window.BatchSize;
        Losses = Take((long)_cells * sizeof(double));
        Hits = Take((long)_cells * sizeof(int));
        Outcome = Take(3 * sizeof(double));
        Hidden = new long[body.StateLayers.Length];
        Cell = new long[body.StateLayers.Length];
        for (int i = 0; i < Hidden.Length; i++)
        {
            Hidden[i] = Take((long)_window.BatchSize * body.StateLayers[i].Units * sizeof(float));
            Cell[i] = Take((long)_window.BatchSize * body.StateLayers[i].Units * sizeof(float));
        }
    }

    /// <summary>[T][B] doubles.</summary>
    public long Losses { get; }

    /// <summary>[T][B] integers: 1 where the target was the most probable class.</summary>
    public long Hits { get; }

    /// <summary>Three doubles: the gradient's norm, what clipping multiplies it by, and 1 where the step was applied.</summary>
    public long Outcome { get; }

    /// <summary>[B][units] of each LSTM layer, after each row's own last step.</summary>
    public long[] Hidden { get; }

    public long[] Cell { get; }

    public long Bytes { get; private set; }

    /// <summary>Gives losses, and after an evaluation hits, to the window.</summary>
    public void ReadLosses(PinnedBuffer from)
    {
        int cells = _window.Target.PerStep ? _window.Steps * _window.BatchSize : _window.BatchSize;
        from.Span<double>(Losses, cells).CopyTo(_window.Losses);
        if (_window.Training || !_window.Target.IsTokens)
        {
            return;
        }

        ReadOnlySpan<int> hits = from.Span<int>(Hits, cells);
        for (int i = 0; i < cells; i++)
        {
            _window.Hits[i] = hits[i] != 0;
        }
    }

    /// <summary>Gives the state after each row's own last step to the caller's rows.</summary>
    public void ReadState(PinnedBuffer from, LstmState state, ReadOnlySpan<int> order, StateLayer[] layers)
    {
        for (int i = 0; i < layers.Length; i++)
        {
            int units = layers[i].Units;
            ReadOnlySpan<float> hidden = from.Span<float>(Hidden[i], _window.BatchSize * units);
            ReadOnlySpan<float> cell = from.Span<float>(Cell[i], _window.BatchSize * units);
            for (int b = 0; b < order.Length; b++)
            {
                hidden.Slice(b * units, units).CopyTo(state.Hidden(i, order[b]));
                cell.Slice(b * units, units).CopyTo(state.Cell(i, order[b]));
            }
        }
    }

    private long Take(long bytes)
    {
        long place = Bytes;
        Bytes += (bytes + 15) / 16 * 16;
        return place;
    }
}
