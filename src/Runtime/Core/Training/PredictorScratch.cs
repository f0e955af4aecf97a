using System;

namespace SdCompiler.Runtime;

/// <summary>The buffers of one call of a predictor: rented from its pool, so that calls on several threads do not meet.</summary>
internal sealed class PredictorScratch : ILaneWork, IPredictorScratch
{
    private readonly BatchLayout _layout = new();
    private readonly WindowWriter _writer;
    private readonly Lane _lane;

    public PredictorScratch(PredictorBody body, KernelSet kernels)
    {
        Body = body;
        _lane = new Lane(kernels);
        _writer = new WindowWriter(body.Window, _layout);
    }

    public PredictorBody Body { get; }

    public ModelParameters Parameters => Body.Parameters;

    public PredictorTeam? Team { get; set; }

    /// <summary>One lane's part of a step.</summary>
    public void Execute(Lane lane) => Body.ForwardStep(lane, Body.Window);

    /// <summary>Groups of B rows, step by step.</summary>
    public void Run(LstmBatch batch, LstmState state, Span<float> outputs)
    {
        int rows = batch.Rows == 0 ? state.Rows : batch.Rows;
        int steps = batch.Steps == 0 ? batch.InferSteps(rows) : batch.Steps;
        Prepare(rows, steps, batch.Lengths.Span, state, outputs);
        _writer.BeginCheck();
        batch.CopyTo(_writer);
        if (!batch.Lengths.IsEmpty)
        {
            outputs.Clear();
        }

        Window window = Body.Window;
        for (int first = 0; first < rows; first += window.BatchSize)
        {
            int group = Math.Min(window.BatchSize, rows - first);
            for (int step = 0; step < _layout.Lengths[first]; step++)
            {
                while (_layout.Lengths[first + group - 1] <= step)
                {
                    group--;
                }

                window.SetShape(1, group);
                _writer.Begin(first, step);
                batch.CopyTo(_writer);
                Step(state, outputs, step);
            }
        }
    }

    /// <summary>One step of tokens, without a batch.</summary>
    public void RunTokens(ReadOnlySpan<int> tokens, string name, LstmState state, Span<float> outputs)
    {
        Prepare(tokens.Length, 1, default, state, outputs);
        _writer.BeginCheck();
        _writer.Tokens(0, name, tokens);
        Window window = Body.Window;
        for (int first = 0; first < tokens.Length; first += window.BatchSize)
        {
            window.SetShape(1, Math.Min(window.BatchSize, tokens.Length - first));
            _writer.Begin(first, 0);
            _writer.Tokens(0, name, tokens);
            Step(state, outputs, 0);
        }
    }

    private void Prepare(int rows, int steps, ReadOnlySpan<int> lengths, LstmState state, Span<float> outputs)
    {
        _layout.Set(rows, steps, lengths);
        state.CheckLayers(Body.StateLayers);
        if (state.Rows < rows)
        {
            throw new ArgumentException($"The state has {state.Rows} rows and the batch {rows}; create the state with CreateState({rows}).", nameof(state));
        }

        long expected = (long)(Body.PerStep ? steps : 1) * rows * Body.OutputWidth;
        if (outputs.Length != expected)
        {
            throw new ArgumentException($"The outputs have room for {outputs.Length} numbers; {rows} rows of {(Body.PerStep ? steps : 1)} steps of {Body.OutputWidth} are {expected}.", nameof(outputs));
        }
    }

    private void Step(LstmState state, Span<float> outputs, int step)
    {
        Window window = Body.Window;
        ReadOnlySpan<int> order = _writer.Order;
        StateTransfer.Load(_lane, Body.Ws, Body.StateSlots, window, state, order);
        window.Training = false;
        if (Team is null || !Team.TryRun(this))
        {
            Execute(_lane); // the same bits as with any number of lanes
        }

        StateTransfer.Store(_lane, Body.Ws, Body.StateSlots, window, state, order);
        int width = Body.OutputWidth;
        for (int b = 0; b < window.Rows; b++)
        {
            // Where only the last step counts, each step overwrites the one before it.
            long row = Body.PerStep ? ((long)step * _layout.Rows) + order[b] : order[b];
            Body.Ws.Span(Body.Output + (b * Body.OutputStride), width).CopyTo(outputs.Slice((int)(row * width), width));
        }
    }
}
