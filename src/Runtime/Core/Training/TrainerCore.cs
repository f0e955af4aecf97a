using System;

namespace SdCompiler.Runtime;

/// <summary>What every trainer does, whatever its batches are: shapes, steps, evaluation, counting. The batch's values come through <see cref="Writer"/>.</summary>
internal sealed class TrainerCore : IDisposable
{
    private readonly BatchLayout _layout = new();
    private readonly BatchLayout _sourceLayout = new();

    public TrainerCore(TrainerBody body, Optimizer optimizer, TrainerOptions options)
    {
        if (options.Backend is not (Backends.Cpu or Backends.Cuda))
        {
            throw new ArgumentException($"TrainerOptions.Backend is '{options.Backend}'; choose one, Backends.Cpu or Backends.Cuda: a trainer runs on one of the backends that its model is compiled for.", nameof(options));
        }

        if (options.Backend != body.Backend)
        {
            throw new ArgumentException(
                $"The model {body.Parameters.Identity.Name} is not compiled for {options.Backend}; add Backends = Backends.Cpu | Backends.Cuda to its [StructuredDropoutLstm] and reference SdCompiler.Runtime.Cuda, or leave TrainerOptions.Backend at Backends.Cpu.",
                nameof(options));
        }

        Body = body;
        Optimizer = optimizer;
        optimizer.Check();
        CarriesState = options.CarryState && !body.IsSentenceModel;
        State = new LstmState(body.StateLayers, body.Window.BatchSize);
        Writer = body.Window.HasSource ? new WindowWriter(body.Window, _layout, _sourceLayout) : new WindowWriter(body.Window, _layout);
        Engine = body.CreateEngine(optimizer, options, Writer, CarriesState ? State : null);
    }

    public TrainerBody Body { get; }

    public Optimizer Optimizer { get; }

    /// <summary>What runs the steps.</summary>
    public StepEngine Engine { get; }

    public OptimizerState OptimizerState => Engine.OptimizerState;

    public WindowWriter Writer { get; }

    public LstmState State { get; }

    public bool CarriesState { get; }

    public bool IsDisposed { get; private set; }

    /// <summary>Steps taken, skipped ones included: the number that keys the next step's masks.</summary>
    public long StepCount { get; set; }

    public long SkippedSteps { get; set; }

    /// <summary>Targets of the last step that were not ignored.</summary>
    public long LastTargets { get; private set; }

    /// <summary>The sum of the losses of the last step's targets.</summary>
    public double LastTotalLoss { get; private set; }

    /// <summary>Sets the shape of a training window; the caller then copies its values through <see cref="Writer"/>.</summary>
    public void BeginStep(int rows, int steps, ReadOnlySpan<int> lengths)
    {
        Window window = Body.Window;
        if (rows > window.BatchSize)
        {
            throw new ArgumentException($"The batch has {rows} rows and the model is compiled for steps of up to {window.BatchSize}; split it, or raise BatchSize on the model.");
        }

        if (steps > window.TimeSteps && (lengths.IsEmpty || MaximumOf(lengths) > window.TimeSteps))
        {
            throw Body.IsSentenceModel
                ? SentenceTooLong(lengths.IsEmpty ? steps : MaximumOf(lengths), window, Side(nameof(LstmBatch.Lengths)))
                : new ArgumentException($"The batch has {steps} steps and the model is compiled for windows of up to {window.TimeSteps}; cut it into windows, or raise TimeSteps on the model.");
        }

        _layout.Set(rows, steps, lengths, LengthsName);
        window.SetShape(_layout.Lengths);
        Writer.Begin(0, 0);
    }

    /// <summary>In a model with two sides: sets the shape of the source's window to that of the batch.</summary>
    public void BeginSource(LstmBatch batch, int rows)
    {
        if (Body.Window.HasSource)
        {
            var pairs = (TranslationBatch)batch;
            SetSource(pairs, rows);
            GroupSource(pairs, 0, rows);
        }
    }

    /// <summary>Trains on the window that was copied in.</summary>
    /// <param name="lengthScale">How long the window is beside the length that the optimizer's settings are for (<see cref="LstmBatch.LengthScale"/>).</param>
    /// <returns>The loss: sum over time, mean over rows.</returns>
    public double RunStep(double lengthScale = 1)
    {
        Optimizer.Check();
        CheckLengthScale(lengthScale);
        OptimizerState.LengthScale = lengthScale;
        Window window = Body.Window;
        window.Training = true;
        window.Step = StepCount;
        Engine.Train();
        LastTargets = window.CountTargets();
        LastTotalLoss = Engine.Loss * window.Rows;
        StepCount++;
        if (!Engine.Applied)
        {
            SkippedSteps++;
        }

        return Engine.Loss;
    }

    /// <summary>Evaluates a batch of any size: groups of B rows, windows of T steps, the state carried from window to window.</summary>
    public Evaluation Evaluate(LstmBatch batch, LstmState? state)
    {
        Window window = Body.Window;
        int rows = batch.Rows == 0 ? window.BatchSize : batch.Rows;
        _layout.Set(rows, batch.Steps == 0 ? batch.InferSteps(rows) : batch.Steps, batch.Lengths.Span, LengthsName);
        state ??= new LstmState(Body.StateLayers, rows);
        state.CheckLayers(Body.StateLayers);
        if (state.Rows < rows)
        {
            throw new ArgumentException($"The state has {state.Rows} rows and the batch {rows}; create the state with CreateState({rows}).", nameof(state));
        }

        if (Body.IsSentenceModel && _layout.Lengths[0] > window.TimeSteps)
        {
            throw SentenceTooLong(_layout.Lengths[0], window, Side(nameof(LstmBatch.Lengths)));
        }

        if (window.HasSource)
        {
            SetSource((TranslationBatch)batch, rows);
        }

        Writer.BeginCheck();
        batch.CopyTo(Writer);
        window.Training = false;
        Evaluation sum = new(0, 0, window.Target.IsTokens ? 0 : -1);
        Span<int> lengths = new int[Math.Min(rows, window.BatchSize)];
        for (int first = 0; first < rows; first += window.BatchSize)
        {
            int group = Math.Min(window.BatchSize, rows - first);
            int longest = _layout.Lengths[first];
            if (window.HasSource)
            {
                GroupSource((TranslationBatch)batch, first, group);
            }

            for (int step = 0; step < longest; step += window.TimeSteps)
            {
                // Positions are ordered by length: the rows that still have steps are the first ones of the group.
                int running = 0;
                while (running < group && _layout.Lengths[first + running] > step)
                {
                    lengths[running] = Math.Min(window.TimeSteps, _layout.Lengths[first + running] - step);
                    running++;
                }

                window.SetShape(lengths[..running]);
                Writer.Begin(first, step);
                batch.CopyTo(Writer);
                Engine.Evaluate(state);
                sum += new Evaluation(window.TotalLoss(), window.CountTargets(), window.Target.IsTokens ? window.CountHits() : -1);
            }
        }

        return sum;
    }

    /// <summary>What messages call the lengths of rows; null where a batch has no others.</summary>
    private string? LengthsName => Body.Window.HasSource ? nameof(LstmBatch.Lengths) : null;

    public void Dispose()
    {
        IsDisposed = true;
        Engine.Dispose();
    }

    private static ArgumentException SentenceTooLong(int steps, Window window, string side) => new(
        $"The batch has a sentence of {steps} steps{side} and the model is compiled for up to {window.TimeSteps}; each row is one whole sentence and is never cut: raise TimeSteps on the model, split the sentence, or use the predictor, which takes any length.");

    /// <summary>Which side a message is about, where there are two.</summary>
    private string Side(string lengths) => Body.Window.HasSource ? $" ({lengths})" : string.Empty;

    private void CheckLengthScale(double scale)
    {
        if (!((float)scale > 0 && float.IsFinite((float)scale)))
        {
            throw new ArgumentException(FormattableString.Invariant($"The batch's LengthScale is {scale}; use a number above 0: its steps beside those that the learning rate is for."));
        }

        if (scale != 1 && Body.Backend != Backends.Cpu)
        {
            throw new ArgumentException("A batch with a LengthScale trains on the CPU only; leave it at 1 on a GPU.");
        }
    }

    private void SetSource(TranslationBatch batch, int rows)
    {
        int steps = batch.SourceSteps == 0 ? batch.InferSourceSteps(rows) : batch.SourceSteps;
        _sourceLayout.Set(rows, steps, batch.SourceLengths.Span, nameof(batch.SourceLengths));
        Window source = Body.Window.Source;
        if (_sourceLayout.Lengths[0] > source.TimeSteps)
        {
            throw SentenceTooLong(_sourceLayout.Lengths[0], source, Side(nameof(batch.SourceLengths)));
        }
    }

    /// <summary>Orders the sources of the rows of one window by their own lengths.</summary>
    private void GroupSource(TranslationBatch batch, int first, int rows)
    {
        Window window = Body.Window;
        _sourceLayout.SetGroup(batch.SourceLengths.Span, _layout.Order.Slice(first, rows), window.SourceRows);
        window.Source.SetShape(_sourceLayout.Lengths);
    }

    private static int MaximumOf(ReadOnlySpan<int> values)
    {
        int largest = 0;
        foreach (int value in values)
        {
            largest = Math.Max(largest, value);
        }

        return largest;
    }
}
