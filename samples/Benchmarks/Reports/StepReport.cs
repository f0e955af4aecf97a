using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using SdCompiler.Samples.Shared.Progress;

namespace SdCompiler.Samples.Benchmarks.Reports;

/// <summary>The results of <c>step</c>.</summary>
internal sealed record StepReport
{
    /// <summary>Where and how it was measured.</summary>
    public required ReportHeader Header { get; init; }

    /// <summary>The model.</summary>
    public required string Model { get; init; }

    /// <summary>Rows of a step, B.</summary>
    public required int BatchSize { get; init; }

    /// <summary>Time steps of a window, T.</summary>
    public required int TimeSteps { get; init; }

    /// <summary>Words.</summary>
    public required int Vocabulary { get; init; }

    /// <summary>Our patterns, dense first.</summary>
    public required IReadOnlyList<PatternResult> Patterns { get; init; }

    /// <summary>The peers that were measured.</summary>
    public required IReadOnlyList<PeerResult> Peers { get; init; }

    /// <summary>Why others were not.</summary>
    public required IReadOnlyList<string> MissingPeers { get; init; }

    /// <summary>Writes tables for people.</summary>
    public void Write(TextWriter output)
    {
        output.WriteLine();
        output.WriteLine($"{Model}, B = {BatchSize}, T = {TimeSteps}, {Vocabulary.ToString("#,0", CultureInfo.InvariantCulture)} words");
        output.WriteLine(Header.Text());
        output.WriteLine();
        Times().Write(output);
        output.WriteLine();
        Speeds().Write(output);
        if (Peers.Count > 0)
        {
            output.WriteLine();
            Comparison().Write(output);
        }

        foreach (string missing in MissingPeers)
        {
            output.WriteLine(missing);
        }
    }

    private TextTable Times()
    {
        TextTable table = new("ms per step", "whole", "forward", "gates", "backward", "weight gradient", "softmax", "update", "rest", "speedup", "ceiling", "MB");
        foreach (PatternResult p in Patterns)
        {
            table.Add(Name(p), One(p.StepMs), One(p.ForwardMs), One(p.GatesMs), One(p.BackwardMs), One(p.WeightGradientMs), One(p.SoftmaxMs), One(p.UpdateMs), One(p.RestMs), Two(p.SpeedupVsDense), Two(p.Ceiling), Whole(p.PeakMemoryMb));
        }

        foreach (PeerResult p in Peers)
        {
            table.Add(p.Peer, One(p.StepMs), One(p.ForwardMs), "", One(p.BackwardMs), "", One(p.SoftmaxMs), One(p.UpdateMs), "", Two(p.SpeedupVsDense), "", Whole(p.PeakMemoryMb));
        }

        return table;
    }

    private TextTable Speeds()
    {
        TextTable table = new("GFLOP/s (of peak)", "kept, whole step", "dense equivalent", "forward", "backward", "weight gradient", "softmax", "tokens/s");
        foreach (PatternResult p in Patterns)
        {
            table.Add(Name(p), Share(p.GflopsKept, p.KeptOfPeak), Whole(p.GflopsDenseEquivalent), Share(p.ForwardGflops, p.ForwardOfPeak), Share(p.BackwardGflops, p.BackwardOfPeak), Share(p.WeightGradientGflops, p.WeightGradientOfPeak), Share(p.SoftmaxGflops, p.SoftmaxOfPeak), Whole(p.TokensPerS));
        }

        foreach (PeerResult p in Peers)
        {
            table.Add(p.Peer, Share(p.Gflops, p.OfPeak), Whole(p.Gflops), "", "", "", "", Whole(p.TokensPerS));
        }

        return table;
    }

    private TextTable Comparison()
    {
        TextTable table = new("times faster than", "our dense", "oneDNN at its best", "PyTorch at its best", "with recurrent dropout");
        foreach (PatternResult p in Patterns)
        {
            table.Add(Name(p), Two(p.SpeedupVsDense), Two(p.SpeedupVsOnednn), Two(p.SpeedupVsPytorch), Two(p.SpeedupVsPytorchRecurrent));
        }

        return table;
    }

    private static string Name(PatternResult pattern) => pattern.Sites == "none" ? pattern.Pattern : $"{pattern.Pattern}, {pattern.Sites}";

    private static string Share(double gflops, double ofPeak) => string.Create(CultureInfo.InvariantCulture, $"{gflops:0} ({ofPeak:0.00})");

    private static string Whole(double? value) => value?.ToString("0", CultureInfo.InvariantCulture) ?? "";

    private static string One(double? value) => value?.ToString("0.0", CultureInfo.InvariantCulture) ?? "";

    private static string Two(double? value) => value?.ToString("0.00", CultureInfo.InvariantCulture) ?? "";
}
