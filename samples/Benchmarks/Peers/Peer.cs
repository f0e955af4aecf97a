using System;
using System.Threading;

namespace SdCompiler.Samples.Benchmarks.Peers;

/// <summary>Another implementation of the same computation, as a program of its own.</summary>
internal abstract class Peer : IDisposable
{
    /// <summary>The family of the oneDNN peers.</summary>
    public const string OneDnnFamily = "onednn";

    /// <summary>Training steps that a peer measures in one run, after two that it does not.</summary>
    protected const int Steps = 3;

    /// <summary>What tables call it: "PyTorch, 2 threads".</summary>
    public abstract string Name { get; }

    /// <summary>What results are compared under: "onednn".</summary>
    public abstract string Family { get; }

    /// <summary>Threads of a step.</summary>
    public abstract int Threads { get; }

    /// <summary>Whether it takes so long that not every round has time for it.</summary>
    public abstract bool IsSlow { get; }

    /// <summary>Runs a few steps, or generates a few tokens.</summary>
    /// <param name="stop">Ends the run.</param>
    /// <exception cref="PeerException">It cannot be measured.</exception>
    public abstract PeerRun Run(CancellationToken stop);

    /// <summary>Removes what was built for it.</summary>
    public virtual void Dispose()
    {
    }
}
