using System;
using System.Collections.Generic;
using System.Threading;

namespace SdCompiler.Runtime;

/// <summary>What the calls of one predictor rent: buffers of their own, so that calls on several threads do not meet, and threads, which serve one call at a time.</summary>
internal sealed class ScratchPool<TScratch>
    where TScratch : class, IPredictorScratch
{
    private readonly Func<KernelSet, TScratch> _create;
    private readonly Stack<TScratch> _idle = new();
    private readonly Lock _gate = new();
    private KernelSet _kernels;
    private PredictorTeam? _team;

    /// <param name="create">Makes buffers; called once for each call that runs at the same time.</param>
    /// <param name="kernels">The kernel set to use, or null for the best.</param>
    public ScratchPool(Func<KernelSet, TScratch> create, string? kernels)
    {
        _create = create;
        _kernels = kernels is null ? KernelSet.Best : KernelSet.ByName(kernels);
    }

    /// <summary>Threads of a call, the caller's included.</summary>
    public int Threads
    {
        get => _team?.Count ?? 1;
        set
        {
            lock (_gate)
            {
                Engage(value);
            }
        }
    }

    public KernelSet Kernels
    {
        get => _kernels;
        set
        {
            lock (_gate)
            {
                _kernels = value;
                _idle.Clear(); // their lanes have the set from before
                Engage(Threads);
            }
        }
    }

    public TScratch Rent()
    {
        lock (_gate)
        {
            if (_idle.TryPop(out TScratch? idle))
            {
                idle.Parameters.BringHome();
                idle.Team = _team;
                return idle;
            }
        }

        TScratch scratch = _create(_kernels);
        scratch.Team = _team;
        scratch.Parameters.BringHome();
        return scratch;
    }

    public void Return(TScratch scratch)
    {
        lock (_gate)
        {
            _idle.Push(scratch);
        }
    }

    private void Engage(int threads)
    {
        PredictorTeam? team = threads == 1 ? null : new PredictorTeam(threads, _kernels);
        _team?.Dispose();
        _team = team;
    }
}
