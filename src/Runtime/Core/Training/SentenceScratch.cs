using System;

namespace SdCompiler.Runtime;

/// <summary>The buffers of one call of a predictor of whole sentences: rented from its pool, so that calls on several threads do not meet.</summary>
internal sealed class SentenceScratch : ILaneWork, IPredictorScratch
{
    private readonly BatchLayout _layout = new();
    private readonly Lane _lane;
    private WindowWriter _writer;
    private int[] _tags = [];
    private bool _decodes;

    public SentenceScratch(SentenceBody body, KernelSet kernels)
    {
        Body = body;
        _lane = new Lane(kernels);
        _writer = new WindowWriter(body.Window, _layout);
    }

    public SentenceBody Body { get; }

    public ModelParameters Parameters => Body.Parameters;

    public PredictorTeam? Team { get; set; }

    /// <summary>One lane's part of a window.</summary>
    public void Execute(Lane lane)
    {
        Body.Forward(lane, Body.Window);
        if (_decodes)
        {
            lane.Barrier();
            Body.Decode(lane, Body.Window, _tags);
        }
    }

    /// <summary>Outputs of every step, or of every row.</summary>
    public void Predict(LstmBatch batch, Span<float> outputs)
    {
        _decodes = false;
        int steps = Prepare(batch);
        int width = Body.OutputWidth;
        long expected = (long)(Body.PerStep ? steps : 1) * _layout.Rows * width;
        if (outputs.Length != expected)
        {
            throw new ArgumentException($"The outputs have room for {outputs.Length} numbers; {_layout.Rows} rows of {(Body.PerStep ? steps : 1)} steps of {width} are {expected}.", nameof(outputs));
        }

        Check(batch);
        outputs.Clear();
        for (int first = 0; first < _layout.Rows; first += Body.Window.BatchSize)
        {
            Run(batch, first);
            Window window = Body.Window;
            for (int t = 0; t < (Body.PerStep ? window.Steps : 1); t++)
            {
                for (int b = 0; b < window.RowsAt(t); b++)
                {
                    int from = Body.Output + (((t * window.BatchSize) + b) * Body.OutputStride);
                    int to = ((t * _layout.Rows) + _writer.Order[b]) * width;
                    Body.Ws.Span(from, width).CopyTo(outputs.Slice(to, width));
                }
            }
        }
    }

    /// <summary>The best tags of every step; -1 behind a row's length.</summary>
    public void Tag(LstmBatch batch, Span<int> tags)
    {
        _decodes = true;
        int steps = Prepare(batch);
        if (tags.Length != (long)steps * _layout.Rows)
        {
            throw new ArgumentException($"There is room for {tags.Length} tags; {_layout.Rows} rows of {steps} steps are {(long)steps * _layout.Rows}.", nameof(tags));
        }

        Check(batch);
        tags.Fill(-1);
        for (int first = 0; first < _layout.Rows; first += Body.Window.BatchSize)
        {
            Run(batch, first);
            Window window = Body.Window;
            for (int t = 0; t < window.Steps; t++)
            {
                for (int b = 0; b < window.RowsAt(t); b++)
                {
                    tags[(t * _layout.Rows) + _writer.Order[b]] = _tags[(t * window.BatchSize) + b];
                }
            }
        }
    }

    /// <summary>The rows by length; gives the steps of the batch's arrays.</summary>
    private int Prepare(LstmBatch batch)
    {
        int rows = batch.Rows == 0 ? Body.BatchSize : batch.Rows;
        int steps = batch.Steps == 0 ? batch.InferSteps(rows) : batch.Steps;
        _layout.Set(rows, steps, batch.Lengths.Span);
        return steps;
    }

    /// <summary>Finds what is wrong with the batch before anything is written, and makes room for its longest sentence.</summary>
    private void Check(LstmBatch batch)
    {
        _writer.BeginCheck();
        batch.CopyTo(_writer);
        if (Body.Grow(_layout.Lengths[0]))
        {
            _writer = new WindowWriter(Body.Window, _layout);
        }

        int cells = Body.Window.TimeSteps * Body.Window.BatchSize;
        _tags = _decodes && _tags.Length < cells ? new int[cells] : _tags;
    }

    private void Run(LstmBatch batch, int first)
    {
        Window window = Body.Window;
        window.SetShape(_layout.Lengths.Slice(first, Math.Min(window.BatchSize, _layout.Rows - first)));
        window.Training = false;
        _writer.Begin(first, 0);
        batch.CopyTo(_writer);
        if (Team is null || !Team.TryRun(this))
        {
            Execute(_lane); // the same bits as with any number of lanes
        }
    }
}
