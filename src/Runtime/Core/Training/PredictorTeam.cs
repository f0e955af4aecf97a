using System;
using System.Threading;

namespace SdCompiler.Runtime;

/// <summary>The threads that one call of a predictor at a time shares its work with; they end when nobody holds the predictor any longer, so that nobody has to dispose of it.</summary>
internal sealed class PredictorTeam : IDisposable
{
    private readonly WorkerTeam? _team;
    private int _taken;

    public PredictorTeam(int threads, KernelSet kernels) => _team = new WorkerTeam(threads, kernels);

    // The waiting threads hold the team, and nothing holds this object but the predictor. There is no team where its constructor has refused the number of threads.
    ~PredictorTeam() => _team?.Dispose();

    public int Count => _team!.Count;

    /// <summary>Runs work on every lane; false, and nothing done, while another call has them.</summary>
    public bool TryRun(ILaneWork work)
    {
        if (Interlocked.Exchange(ref _taken, 1) != 0)
        {
            return false;
        }

        try
        {
            _team!.Run(work);
        }
        finally
        {
            Volatile.Write(ref _taken, 0);
        }

        GC.KeepAlive(this);
        return true;
    }

    public void Dispose()
    {
        _team!.Dispose();
        GC.SuppressFinalize(this);
    }
}
