using System.Threading;
using SdCompiler.Samples.Benchmarks.Peers;

namespace SdCompiler.Benchmarks.Tests;

/// <summary>A oneDNN peer that takes what a test says; after its last time it fails.</summary>
/// <param name="name">Its name.</param>
/// <param name="milliseconds">Time of a step, run by run.</param>
internal sealed class ScriptedPeer(string name, params double[] milliseconds) : Peer
{
    private int _runs;

    public override string Name => name;

    public override string Family => OneDnnFamily;

    public override int Threads => 1;

    public override bool IsSlow => false;

    public override PeerRun Run(CancellationToken stop)
    {
        if (_runs == milliseconds.Length)
        {
            throw new PeerException("its script ends");
        }

        double step = milliseconds[_runs++];
        return new PeerRun("scripted", step, null, null, null, null, null, 1e3 / step, 1);
    }
}
