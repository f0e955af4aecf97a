using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using SdCompiler.Samples.Benchmarks.Peers;

namespace SdCompiler.Samples.Benchmarks.Measuring;

/// <summary>What peers took, round by round; one that fails is left out of the rounds that follow.</summary>
internal sealed class PeerRounds
{
    private readonly OrderedDictionary<Peer, List<(PeerRun? Run, double Peak)>> _runs = [];

    /// <summary>Begins without a measurement.</summary>
    /// <param name="peers">The peers.</param>
    public PeerRounds(IEnumerable<Peer> peers)
    {
        foreach (Peer peer in peers)
        {
            _runs.Add(peer, []);
        }
    }

    /// <summary>The peers that have not failed.</summary>
    public IReadOnlyList<Peer> Peers => [.. _runs.Keys];

    /// <summary>The peers that have not failed and ran in some round.</summary>
    public IEnumerable<Peer> Measured => Peers.Where(peer => Runs(peer).Any(one => one.Run is not null));

    /// <summary>Why a peer is missing, one sentence each.</summary>
    public List<string> Missing { get; } = [];

    /// <summary>A peer's rounds, null where one had no time for it, and the machine's peak around each.</summary>
    /// <param name="peer">The peer.</param>
    public IReadOnlyList<(PeerRun? Run, double Peak)> Runs(Peer peer) => _runs[peer];

    /// <summary>Runs a peer in a round.</summary>
    /// <param name="peer">The peer.</param>
    /// <param name="hasTime">False for a round that goes by without it.</param>
    /// <param name="peak">Gives the machine's peak around what has just run.</param>
    /// <param name="stop">Ends the run.</param>
    /// <returns>What it took; null where it did not run or failed.</returns>
    public PeerRun? Measure(Peer peer, bool hasTime, Func<double> peak, CancellationToken stop)
    {
        try
        {
            PeerRun? run = hasTime ? peer.Run(stop) : null;
            _runs[peer].Add((run, run is null ? double.NaN : peak()));
            return run;
        }
        catch (PeerException e)
        {
            _runs.Remove(peer);
            Missing.Add($"{peer.Name} is left out: {e.Message}.");
            return null;
        }
    }

    /// <summary>The runs of a family's peers in one round, whatever the threads; those that did not run are not among them.</summary>
    /// <param name="family">The family.</param>
    /// <param name="round">The round.</param>
    public IEnumerable<PeerRun> Of(string family, int round) =>
        _runs.Where(peer => peer.Key.Family == family).Select(peer => peer.Value[round].Run).OfType<PeerRun>();
}
