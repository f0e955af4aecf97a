using System;
using SdCompiler.Runtime;

namespace SdCompiler;

/// <summary>
/// The base of every compiled predictor of a model whose rows are whole sentences: forward computation only, for any number of rows of any length. A row gives the same
/// results in any company, within rounding. Many threads may use one predictor at the same time; training the same model meanwhile is not allowed.
/// </summary>
/// <typeparam name="TBatch">What one call takes.</typeparam>
public abstract class SentencePredictor<TBatch>
    where TBatch : LstmBatch
{
    private readonly ScratchPool<SentenceScratch> _pool;

    /// <summary>A predictor; called by emitted code.</summary>
    /// <param name="create">Makes a body with buffers of its own; called once for each call that runs at the same time.</param>
    /// <param name="kernels">The kernel set to use, or null for the best.</param>
    /// <exception cref="ArgumentException">The kernel set does not exist.</exception>
    protected SentencePredictor(Func<SentenceBody> create, string? kernels = null)
    {
        ArgumentNullException.ThrowIfNull(create);
        _pool = new ScratchPool<SentenceScratch>(set => new SentenceScratch(create(), set), kernels);
        SentenceScratch first = _pool.Rent();
        OutputWidth = first.Body.OutputWidth;
        HasOutputPerStep = first.Body.PerStep;
        _pool.Return(first);
    }

    /// <summary>Outputs of one row and step: classes (their log-probabilities), or numbers.</summary>
    public int OutputWidth { get; }

    /// <summary>True where every step has an output, false where a whole row has one.</summary>
    public bool HasOutputPerStep { get; }

    /// <summary>
    /// Threads that compute a call, the caller's included: 1 at first; 0 takes as many as the machine (or container) has processors. Results are the same bits for any
    /// number. The threads serve one call at a time, and a call that finds them busy runs on its caller's. They sleep between calls and end with the predictor. To be set
    /// while no call runs.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">A negative number of threads, or more than 1024.</exception>
    public int Threads
    {
        get => _pool.Threads;
        set => _pool.Threads = value;
    }

    /// <summary>Runs sentences of any length; buffers grow when a longer one comes than any before.</summary>
    /// <param name="batch">Any number of rows (0 stands for the model's batch size) and steps; targets are not read.</param>
    /// <param name="outputs">[steps, rows, <see cref="OutputWidth"/>], or [rows, width] where a row has one output: natural log-probabilities, numbers, or emissions of tags. Steps behind a row's length are zeros.</param>
    /// <exception cref="ArgumentException">The batch's arrays do not fit together, a token is outside the vocabulary, the outputs have another length, or the sentences are too long for one block of memory.</exception>
    public void Predict(TBatch batch, Span<float> outputs)
    {
        ArgumentNullException.ThrowIfNull(batch);
        SentenceScratch scratch = _pool.Rent();
        try
        {
            scratch.Predict(batch, outputs);
        }
        finally
        {
            _pool.Return(scratch);
        }
    }

    /// <summary>The best path of tags of each row, where the loss scores whole paths; emitted code gives it a public name.</summary>
    /// <param name="batch">Any number of rows (0 stands for the model's batch size) and steps; targets are not read.</param>
    /// <param name="tags">[steps, rows]; -1 behind a row's length.</param>
    /// <exception cref="ArgumentException">The batch's arrays do not fit together, a token is outside the vocabulary, the tags have another length, or the sentences are too long for one block of memory.</exception>
    /// <exception cref="NotSupportedException">The model's loss has no tags.</exception>
    protected void Decode(TBatch batch, Span<int> tags)
    {
        ArgumentNullException.ThrowIfNull(batch);
        SentenceScratch scratch = _pool.Rent();
        try
        {
            scratch.Tag(batch, tags);
        }
        finally
        {
            _pool.Return(scratch);
        }
    }
}
