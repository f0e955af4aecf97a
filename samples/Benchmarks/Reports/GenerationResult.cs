using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Serialization;
using SdCompiler.Samples.Benchmarks.Measuring;
using SdCompiler.Samples.Benchmarks.Peers;
using SdCompiler.Samples.LanguageModel.Models;

namespace SdCompiler.Samples.Benchmarks.Reports;

/// <summary>What a token of one model costs: medians over the rounds; ratios are medians of the rounds' own ratios.</summary>
internal sealed record GenerationResult
{
    /// <summary>The model.</summary>
    public required string Model { get; init; }

    /// <summary>Time of a token.</summary>
    public required double TokenMs { get; init; }

    /// <summary>Tokens per second.</summary>
    public required double TokensPerS { get; init; }

    /// <summary>The products over the time of the token.</summary>
    public required double Gflops { get; init; }

    /// <summary>The same as a share of the peak of the threads.</summary>
    public required double OfPeak { get; init; }

    /// <summary>Weights that are read in the time of the token, 10^9 bytes per second: with one row each is used once, so memory sets the limit.</summary>
    [JsonPropertyName("weights_gb_per_s")]
    public required double WeightSpeed { get; init; }

    /// <summary>How many times faster than oneDNN, with the threads and the way to wait that were best in the same round.</summary>
    public double? SpeedupVsOnednn { get; init; }

    /// <summary>The peers that were measured.</summary>
    public required IReadOnlyList<GenerationPeerResult> Peers { get; init; }

    /// <summary>The result of one model.</summary>
    /// <param name="rounds">What was measured.</param>
    public static GenerationResult Of(GenerationRounds rounds)
    {
        const double BytesOfWeight = sizeof(float);
        PlanFigures figures = rounds.Model.Plan.Evaluate(nameof(Dropout.Dense), StepBenchmark.Vocabulary);
        double multiplyAdds = (double)figures.ForwardDense / figures.Tokens;
        double time = Statistics.Median(rounds.Tokens.Select(one => one.TokenMs));
        double[] ratios = [.. rounds.Tokens
            .Select((one, round) => rounds.Peers.Of(Peer.OneDnnFamily, round).Min(run => (double?)run.TokenMs) / one.TokenMs)
            .OfType<double>()];
        return new GenerationResult
        {
            Model = rounds.Model.Name,
            TokenMs = time,
            TokensPerS = 1e3 / time,
            Gflops = 2 * multiplyAdds / time / 1e6,
            OfPeak = Statistics.Median(rounds.Tokens.Select(one => 2 * multiplyAdds / one.TokenMs / 1e6 / one.Peak)),
            WeightSpeed = BytesOfWeight * multiplyAdds / time / 1e6,
            SpeedupVsOnednn = ratios.Length == 0 ? null : Statistics.Median(ratios),
            Peers = [.. rounds.Peers.Measured.Select(peer => GenerationPeerResult.Of(rounds, peer, multiplyAdds))],
        };
    }
}
