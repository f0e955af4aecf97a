using System;
using SdCompiler.Runtime;

namespace SdCompiler;

/// <summary>
/// The base of every compiled predictor: forward computation only, with neither gradients nor optimizer memory. Many threads may use one
/// predictor at the same time, each with its own <see cref="LstmState"/>; training the same model meanwhile is not allowed.
/// </summary>
/// <typeparam name="TBatch">What one call takes.</typeparam>
public abstract class LstmPredictor<TBatch>
    where TBatch : LstmBatch
{
    private readonly ScratchPool<PredictorScratch> _pool;
    private readonly StateLayer[] _layers;

    /// <summary>A predictor; called by emitted code.</summary>
    /// <param name="create">Makes a body with buffers of its own; called once for each call that runs at the same time.</param>
    /// <param name="kernels">The kernel set to use, or null for the best.</param>
    /// <exception cref="ArgumentException">The kernel set does not exist.</exception>
    protected LstmPredictor(Func<PredictorBody> create, string? kernels = null)
    {
        ArgumentNullException.ThrowIfNull(create);
        _pool = new ScratchPool<PredictorScratch>(set => new PredictorScratch(create(), set), kernels);
        PredictorScratch first = _pool.Rent();
        _layers = first.Body.StateLayers;
        OutputWidth = first.Body.OutputWidth;
        HasOutputPerStep = first.Body.PerStep;
        _pool.Return(first);
    }

    /// <summary>Outputs of one row: classes (their log-probabilities), or numbers.</summary>
    public int OutputWidth { get; }

    /// <summary>True where every step has an output, false where only a row's last step has one.</summary>
    public bool HasOutputPerStep { get; }

    /// <summary>
    /// Threads that compute a call, the caller's included: 1 at first; 0 takes as many as the machine (or container) has processors. More pay where tokens come one by one
    /// and the weights are large; results are the same bits for any number. The threads serve one call at a time, and a call that finds them busy runs on its caller's.
    /// They sleep between calls and end with the predictor. To be set while no call runs.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">A negative number of threads, or more than 1024.</exception>
    public int Threads
    {
        get => _pool.Threads;
        set => _pool.Threads = value;
    }

    /// <summary>The kernel set; benchmarks compare sets, so another one can be chosen between two calls.</summary>
    internal KernelSet Kernels
    {
        get => _pool.Kernels;
        set => _pool.Kernels = value;
    }

    /// <summary>A state of zeros: the start of a sequence in each row.</summary>
    /// <param name="rows">How many rows it has.</param>
    public LstmState CreateState(int rows = 1) => new(_layers, rows);

    /// <summary>Runs a batch of any size, going on from a state, and leaves the state behind its last steps.</summary>
    /// <param name="batch">Any number of rows (0 stands for the state's) and steps; targets are not read.</param>
    /// <param name="state">Where the rows start, and end afterwards.</param>
    /// <param name="outputs">[steps, rows, <see cref="OutputWidth"/>], or [rows, width] where only the last step has one: natural log-probabilities, or numbers. Steps behind a row's length are zeros.</param>
    /// <exception cref="ArgumentException">The batch's arrays do not fit together, a token is outside the vocabulary, the state has fewer rows, or the outputs have another length; the state has not changed.</exception>
    public void Predict(TBatch batch, LstmState state, Span<float> outputs)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(state);
        PredictorScratch scratch = Rent();
        try
        {
            scratch.Run(batch, state, outputs);
        }
        finally
        {
            Return(scratch);
        }
    }

    internal PredictorScratch Rent() => _pool.Rent();

    internal void Return(PredictorScratch scratch) => _pool.Return(scratch);
}
