using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using SdCompiler.Samples.Benchmarks.Models;
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

    /// <summary>The most time steps of a window, T.</summary>
    public required int TimeSteps { get; init; }

    /// <summary>Steps of a row that were executed; null where all have T.</summary>
    public double? MeanSteps { get; init; }

    /// <summary>Characters of a word; null for a model that does not read them.</summary>
    public double? MeanCharacters { get; init; }

    /// <summary>Steps of a row's source; null for a model that does not translate.</summary>
    public double? MeanSourceSteps { get; init; }

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
        output.WriteLine($"{Model}, {Sizes()}");
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

    /// <summary>What a step is made of, for people.</summary>
    public string Sizes()
    {
        string mean = MeanSteps is double steps ? string.Create(CultureInfo.InvariantCulture, $" ({steps:0.0} on average)") : "";
        string characters = MeanCharacters is double count ? string.Create(CultureInfo.InvariantCulture, $" of {count:0.0} characters") : "";
        string sources = MeanSourceSteps is double source ? string.Create(CultureInfo.InvariantCulture, $", sources of {source:0.0}") : "";
        return string.Create(CultureInfo.InvariantCulture, $"B = {BatchSize}, T = {TimeSteps}{mean}{sources}, {Vocabulary:#,0} words{characters}");
    }

    private TextTable Times()
    {
        TextTable table = new("ms per step", "whole", "forward", "gates", "backward", "weight gradient", "loss", "update", "rest", "speedup", "ceiling", "of it", "MB");
        foreach (PatternResult p in Patterns)
        {
            table.Add(Name(p), One(p.StepMs), One(p.ForwardMs), One(p.GatesMs), One(p.BackwardMs), One(p.WeightGradientMs), One(p.SoftmaxMs), One(p.UpdateMs), One(p.RestMs), Two(p.SpeedupVsDense), Two(p.Ceiling), Two(p.CeilingShare), Whole(p.PeakMemoryMb));
        }

        foreach (PeerResult p in Peers)
        {
            table.Add(p.Peer, One(p.StepMs), One(p.ForwardMs), "", One(p.BackwardMs), "", One(p.SoftmaxMs), One(p.UpdateMs), "", Two(p.SpeedupVsDense), "", "", Whole(p.PeakMemoryMb));
        }

        return table;
    }

    private TextTable Speeds()
    {
        TextTable table = new("GFLOP/s (of peak)", "kept, whole step", "dense equivalent", "forward", "backward", "weight gradient", "loss", "tokens/s");
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

    private static string Name(PatternResult pattern) => StepVariant.Chooses(pattern.Sites) ? $"{pattern.Pattern}, {pattern.Sites}" : pattern.Pattern;

    private static string Share(double gflops, double ofPeak) => string.Create(CultureInfo.InvariantCulture, $"{gflops:0} ({ofPeak:0.00})");

    private static string Whole(double? value) => value?.ToString("0", CultureInfo.InvariantCulture) ?? "";

    private static string One(double? value) => value?.ToString("0.0", CultureInfo.InvariantCulture) ?? "";

    private static string Two(double? value) => value?.ToString("0.00", CultureInfo.InvariantCulture) ?? "";
}
