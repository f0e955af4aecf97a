using System;
using SdCompiler.Runtime;

namespace SdCompiler;

/// <summary>The base of every compiled trainer.</summary>
/// <typeparam name="TBatch">What one step takes.</typeparam>
public abstract class LstmTrainer<TBatch> : LstmTrainer
    where TBatch : LstmBatch
{
    /// <summary>A trainer of a compiled body; called by emitted code.</summary>
    /// <param name="body">The compiled body.</param>
    /// <param name="optimizer">How gradients change weights.</param>
    /// <param name="options">How the trainer runs, or null for the defaults.</param>
    /// <exception cref="ArgumentException">The kernel set does not exist, or a parameter group takes no parameter.</exception>
    protected LstmTrainer(TrainerBody body, Optimizer optimizer, TrainerOptions? options)
        : base(body, optimizer, options)
    {
    }

    /// <summary>
    /// Trains on one batch: forward and backward through time, clipping, update. Allocates nothing once it has run.
    /// </summary>
    /// <param name="batch">Up to B rows and T steps.</param>
    /// <returns>The loss in nats (or squared error): sum over time, mean over rows. When it, or the gradient, is not finite or too large for single precision, the step is skipped and counted.</returns>
    /// <exception cref="ArgumentException">The batch is too large, its arrays do not fit together, or it has a token outside the vocabulary; nothing has changed.</exception>
    /// <exception cref="InvalidOperationException">A setting of the optimizer is out of its range.</exception>
    public double Step(TBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ObjectDisposedException.ThrowIf(Core.IsDisposed, this);
        int rows = batch.Rows == 0 ? BatchSize : batch.Rows;
        Core.BeginStep(rows, batch.Steps == 0 ? batch.InferSteps(rows) : batch.Steps, batch.Lengths.Span);
        Core.BeginSource(batch, rows);
        batch.CopyTo(Core.Writer);
        return Core.RunStep(batch.LengthScale);
    }

    /// <summary>The loss of a batch of any size, without dropout and without training; every row starts at a state of zeros. The trainer's own state stays as it is.</summary>
    /// <param name="batch">Any number of rows and steps.</param>
    /// <exception cref="ArgumentException">The batch's arrays do not fit together, or it has a token outside the vocabulary.</exception>
    public Evaluation Evaluate(TBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ObjectDisposedException.ThrowIf(Core.IsDisposed, this);
        return Core.Evaluate(batch, null);
    }

    /// <summary>The loss of a batch of any size, without dropout and without training, going on from a state.</summary>
    /// <param name="batch">Any number of rows and steps.</param>
    /// <param name="state">Where the rows start; holds where they end afterwards.</param>
    /// <exception cref="ArgumentException">The batch's arrays do not fit together, it has a token outside the vocabulary, or the state has fewer rows or other layers; the state has not changed.</exception>
    public Evaluation Evaluate(TBatch batch, LstmState state)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ObjectDisposedException.ThrowIf(Core.IsDisposed, this);
        ArgumentNullException.ThrowIfNull(state);
        return Core.Evaluate(batch, state);
    }
}
