using System.Collections.Generic;
using SdCompiler.Samples.Benchmarks.Peers;
using SdCompiler.Samples.LanguageModel.Models;

namespace SdCompiler.Samples.Benchmarks.Measuring;

/// <summary>What the tokens of one model took, round by round: what stands at one index was measured within seconds.</summary>
/// <param name="model">The model.</param>
/// <param name="peers">Those that run the same model.</param>
internal sealed class GenerationRounds(ModelEntry model, IReadOnlyList<Peer> peers)
{
    /// <summary>The model.</summary>
    public ModelEntry Model { get; } = model;

    /// <summary>For each round the milliseconds of a token, and the machine's peak around it.</summary>
    public List<(double TokenMs, double Peak)> Tokens { get; } = [];

    /// <summary>The peers.</summary>
    public PeerRounds Peers { get; } = new(peers);
}
