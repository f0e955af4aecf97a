using System.Collections.Generic;
using SdCompiler.Samples.Benchmarks.Models;
using SdCompiler.Samples.Benchmarks.Peers;

namespace SdCompiler.Samples.Benchmarks.Measuring;

/// <summary>Everything that was measured, round by round: what stands at one index was measured within seconds.</summary>
internal sealed class StepRounds(IEnumerable<Peer> peers)
{
    /// <summary>GFLOP/s that one thread can reach.</summary>
    public List<double> PeakOfOne { get; } = [];

    /// <summary>GFLOP/s that all threads of a step can reach together, as measured between everything else.</summary>
    public List<double> Peak { get; } = [];

    /// <summary>Our variants, dense first; for each round the measurement and the machine's peak around it.</summary>
    public OrderedDictionary<StepVariant, List<(StepMeasurement Step, double Peak)>> Variants { get; } = [];

    /// <summary>The peers.</summary>
    public PeerRounds Peers { get; } = new(peers);
}
