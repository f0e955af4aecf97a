using System;
using System.Collections.Generic;
using System.Linq;
using SdCompiler.Samples.Benchmarks.Measuring;
using SdCompiler.Samples.Benchmarks.Models;
using SdCompiler.Samples.Benchmarks.Peers;

namespace SdCompiler.Samples.Benchmarks.Reports;

/// <summary>What a peer's step costs: medians of its runs; no member for what it does not measure.</summary>
internal sealed record PeerResult
{
    /// <summary>Which peer, and with how many threads.</summary>
    public required string Peer { get; init; }

    /// <summary>What the peer calls itself, its version included where it says one.</summary>
    public required string Version { get; init; }

    /// <summary>Threads of a step.</summary>
    public required int Threads { get; init; }

    /// <summary>How often it ran.</summary>
    public required int Runs { get; init; }

    /// <summary>The whole step.</summary>
    public required double StepMs { get; init; }

    /// <summary>Forward: the LSTM layers, or everything where the peer does not tell its softmax layer apart.</summary>
    public double? ForwardMs { get; init; }

    /// <summary>Backward, gradients of weights included.</summary>
    public double? BackwardMs { get; init; }

    /// <summary>The softmax layer whole.</summary>
    public double? SoftmaxMs { get; init; }

    /// <summary>Clipping and the update.</summary>
    public double? UpdateMs { get; init; }

    /// <summary>The products of a dense step over the time of this one.</summary>
    public required double Gflops { get; init; }

    /// <summary>The same as a share of the machine's peak with as many threads as our steps use.</summary>
    public required double OfPeak { get; init; }

    /// <summary>How many times faster than our own dense step.</summary>
    public required double SpeedupVsDense { get; init; }

    /// <summary>The most memory of its process, in 10^6 bytes.</summary>
    public required double PeakMemoryMb { get; init; }

    /// <summary>Tokens per second.</summary>
    public required double TokensPerS { get; init; }

    /// <summary>The result of a peer.</summary>
    /// <param name="rounds">What was measured.</param>
    /// <param name="peer">The peer, which ran at least once.</param>
    /// <param name="denseWork">Multiply-adds of a dense step.</param>
    public static PeerResult Of(StepRounds rounds, Peer peer, double denseWork)
    {
        IReadOnlyList<(PeerRun? Run, double Peak)> measured = rounds.Peers.Runs(peer);
        PeerRun[] runs = measured.Select(one => one.Run).OfType<PeerRun>().ToArray();
        double Median(Func<PeerRun, double> of) => Statistics.Median(runs.Select(of));
        double? Known(Func<PeerRun, double?> of) => runs.All(run => of(run) is not null) ? Median(run => of(run)!.Value) : null;
        double Speed(PeerRun run) => 2.0 * denseWork / run.StepMs / 1e6;
        return new PeerResult
        {
            Peer = peer.Name,
            Version = runs[0].Name,
            Threads = peer.Threads,
            Runs = runs.Length,
            StepMs = Median(run => run.StepMs),
            ForwardMs = Known(run => run.ForwardMs),
            BackwardMs = Known(run => run.BackwardMs),
            SoftmaxMs = Known(run => run.SoftmaxMs),
            UpdateMs = Known(run => run.UpdateMs),
            Gflops = Median(Speed),
            OfPeak = Statistics.Median(measured.Where(one => one.Run is not null).Select(one => Speed(one.Run!) / one.Peak)),
            SpeedupVsDense = Statistics.Median(measured.Zip(rounds.Variants[StepVariant.Dense], (one, dense) => dense.Step.StepMilliseconds / one.Run?.StepMs).OfType<double>()),
            PeakMemoryMb = runs.Max(run => run.PeakMemoryMb),
            TokensPerS = Median(run => run.TokensPerS),
        };
    }
}
