using System;
using System.Collections.Generic;
using System.Linq;
using SdCompiler.Samples.Benchmarks.Measuring;
using SdCompiler.Samples.Benchmarks.Models;
using SdCompiler.Samples.Benchmarks.Peers;

namespace SdCompiler.Samples.Benchmarks.Reports;

/// <summary>What a training step with one pattern costs: medians over the rounds; ratios are medians of the rounds' own ratios.</summary>
internal sealed record PatternResult
{
    /// <summary>The value of <c>--pattern</c>.</summary>
    public required string Pattern { get; init; }

    /// <summary>The value of <c>--sites</c>; "none" without dropout, "own" for a model that leaves no choice.</summary>
    public required string Sites { get; init; }

    /// <summary>The whole step.</summary>
    public required double StepMs { get; init; }

    /// <summary>Forward products of all layers but the loss layer.</summary>
    public required double ForwardMs { get; init; }

    /// <summary>The gates of LSTM cells, forward and backward.</summary>
    public required double GatesMs { get; init; }

    /// <summary>Gradients of activations of all layers but the loss layer.</summary>
    public required double BackwardMs { get; init; }

    /// <summary>Gradients of weights of all layers but the loss layer.</summary>
    public required double WeightGradientMs { get; init; }

    /// <summary>The loss layer whole: softmax, or the conditional random field of a tagger.</summary>
    public required double SoftmaxMs { get; init; }

    /// <summary>Clipping and the optimizer.</summary>
    public required double UpdateMs { get; init; }

    /// <summary>All that has no phase of its own.</summary>
    public required double RestMs { get; init; }

    /// <summary>Executed work of the forward products over their time.</summary>
    public required double ForwardGflops { get; init; }

    /// <summary>The same as a share of the machine's peak.</summary>
    public required double ForwardOfPeak { get; init; }

    /// <summary>Executed work of the gradients of activations over their time.</summary>
    public required double BackwardGflops { get; init; }

    /// <summary>The same as a share of the machine's peak.</summary>
    public required double BackwardOfPeak { get; init; }

    /// <summary>Executed work of the gradients of weights over their time.</summary>
    public required double WeightGradientGflops { get; init; }

    /// <summary>The same as a share of the machine's peak.</summary>
    public required double WeightGradientOfPeak { get; init; }

    /// <summary>Executed work of the loss layer over its time, its exponentials included.</summary>
    public required double SoftmaxGflops { get; init; }

    /// <summary>The same as a share of the machine's peak.</summary>
    public required double SoftmaxOfPeak { get; init; }

    /// <summary>All executed products over the time of the step.</summary>
    public required double GflopsKept { get; init; }

    /// <summary>The same as a share of the machine's peak.</summary>
    public required double KeptOfPeak { get; init; }

    /// <summary>The products of the dense step over the time of this one.</summary>
    public required double GflopsDenseEquivalent { get; init; }

    /// <summary>How many times faster than our own dense step.</summary>
    public required double SpeedupVsDense { get; init; }

    /// <summary>How many times faster it could be by the arithmetic left out; the plan says it, for the rows and steps that were measured.</summary>
    public required double Ceiling { get; init; }

    /// <summary>How much of what the ceiling promises came true: 0 is no faster than dense, 1 the ceiling. Null where no arithmetic is left out.</summary>
    public double? CeilingShare => Ceiling > 1 ? (SpeedupVsDense - 1) / (Ceiling - 1) : null;

    /// <summary>How many times faster than the dense step on oneDNN, with the threads and the way to wait that were best in the same round.</summary>
    public double? SpeedupVsOnednn { get; init; }

    /// <summary>How many times faster than <c>nn.LSTM</c>, with the number of threads that was best in the same round.</summary>
    public double? SpeedupVsPytorch { get; init; }

    /// <summary>How many times faster than a loop over <c>nn.LSTMCell</c> with recurrent dropout, likewise.</summary>
    public double? SpeedupVsPytorchRecurrent { get; init; }

    /// <summary>The most memory of a process that trains this pattern alone, in 10^6 bytes.</summary>
    public double? PeakMemoryMb { get; init; }

    /// <summary>Tokens per second.</summary>
    public required double TokensPerS { get; init; }

    /// <summary>The result of one variant.</summary>
    /// <param name="rounds">What was measured.</param>
    /// <param name="variant">The variant.</param>
    /// <param name="work">What the plan says of its steps.</param>
    /// <param name="memory">The most memory of its process, or null.</param>
    public static PatternResult Of(StepRounds rounds, StepVariant variant, StepWork work, double? memory)
    {
        List<(StepMeasurement Step, double Peak)> measured = rounds.Variants[variant], dense = rounds.Variants[StepVariant.Dense];
        double step = Statistics.Median(measured.Select(one => one.Step.StepMilliseconds));
        double Time(StepPhase phase) => Statistics.Median(measured.Select(one => one.Step.PhaseMilliseconds[(int)phase]));
        double Speed(StepPhase phase) => Statistics.Median(measured.Select(one => SpeedOf(one.Step, phase)));
        double OfPeak(StepPhase phase) => Statistics.Median(measured.Select(one => SpeedOf(one.Step, phase) / one.Peak));
        // Against the fastest of a family's peers in the same round, whatever its threads.
        double? Versus(string family)
        {
            double[] ratios = measured.Select((one, round) => rounds.Peers.Of(family, round).Min(run => (double?)run.StepMs) / one.Step.StepMilliseconds).OfType<double>().ToArray();
            return ratios.Length == 0 ? null : Statistics.Median(ratios);
        }

        return new PatternResult
        {
            Pattern = variant.Pattern,
            Sites = variant.Sites,
            StepMs = step,
            ForwardMs = Time(StepPhase.Forward),
            GatesMs = Time(StepPhase.Gates),
            BackwardMs = Time(StepPhase.Backward),
            WeightGradientMs = Time(StepPhase.WeightGradient),
            SoftmaxMs = Time(StepPhase.Loss),
            UpdateMs = Time(StepPhase.Update),
            RestMs = Time(StepPhase.Rest),
            ForwardGflops = Speed(StepPhase.Forward),
            ForwardOfPeak = OfPeak(StepPhase.Forward),
            BackwardGflops = Speed(StepPhase.Backward),
            BackwardOfPeak = OfPeak(StepPhase.Backward),
            WeightGradientGflops = Speed(StepPhase.WeightGradient),
            WeightGradientOfPeak = OfPeak(StepPhase.WeightGradient),
            SoftmaxGflops = Speed(StepPhase.Loss),
            SoftmaxOfPeak = OfPeak(StepPhase.Loss),
            GflopsKept = Statistics.Median(measured.Select(one => Gflops(one.Step.PhaseMultiplyAdds.Sum(), one.Step.StepMilliseconds))),
            KeptOfPeak = Statistics.Median(measured.Select(one => Gflops(one.Step.PhaseMultiplyAdds.Sum(), one.Step.StepMilliseconds) / one.Peak)),
            GflopsDenseEquivalent = Gflops(work.Dense, step),
            SpeedupVsDense = Statistics.Median(measured.Zip(dense, (one, other) => other.Step.StepMilliseconds / one.Step.StepMilliseconds)),
            Ceiling = work.Ceiling,
            SpeedupVsOnednn = Versus(Peer.OneDnnFamily),
            SpeedupVsPytorch = Versus("pytorch"),
            SpeedupVsPytorchRecurrent = Versus("pytorch_recurrent"),
            PeakMemoryMb = memory,
            TokensPerS = work.Tokens / step * 1e3,
        };
    }

    private static double SpeedOf(StepMeasurement one, StepPhase phase) => Gflops(one.PhaseMultiplyAdds[(int)phase], one.PhaseMilliseconds[(int)phase]);

    private static double Gflops(double multiplyAdds, double milliseconds) => 2 * multiplyAdds / milliseconds / 1e6;
}
