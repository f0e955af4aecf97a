using System.Linq;
using SdCompiler.Samples.Benchmarks.Measuring;
using SdCompiler.Samples.Benchmarks.Peers;

namespace SdCompiler.Samples.Benchmarks.Reports;

/// <summary>What a peer's token costs: medians over the rounds.</summary>
internal sealed record GenerationPeerResult
{
    /// <summary>Which peer, and with how many threads.</summary>
    public required string Peer { get; init; }

    /// <summary>What the peer calls itself.</summary>
    public required string Version { get; init; }

    /// <summary>Threads of a token.</summary>
    public required int Threads { get; init; }

    /// <summary>Time of a token.</summary>
    public required double TokenMs { get; init; }

    /// <summary>Tokens per second.</summary>
    public required double TokensPerS { get; init; }

    /// <summary>The products over the time of the token.</summary>
    public required double Gflops { get; init; }

    /// <summary>How many times faster than we are, the median of the rounds' own ratios.</summary>
    public required double SpeedupVsOurs { get; init; }

    /// <summary>The result of a peer.</summary>
    /// <param name="rounds">What was measured.</param>
    /// <param name="peer">The peer, which ran in every round.</param>
    /// <param name="multiplyAdds">Of a token.</param>
    public static GenerationPeerResult Of(GenerationRounds rounds, Peer peer, double multiplyAdds)
    {
        PeerRun[] runs = [.. rounds.Peers.Runs(peer).Select(one => one.Run).OfType<PeerRun>()];
        double time = Statistics.Median(runs.Select(run => run.TokenMs));
        return new GenerationPeerResult
        {
            Peer = peer.Name,
            Version = runs[0].Name,
            Threads = peer.Threads,
            TokenMs = time,
            TokensPerS = 1e3 / time,
            Gflops = 2 * multiplyAdds / time / 1e6,
            SpeedupVsOurs = Statistics.Median(runs.Zip(rounds.Tokens, (run, ours) => ours.TokenMs / run.TokenMs)),
        };
    }
}
