using System.Collections.Generic;
using System.Globalization;
using System.IO;
using SdCompiler.Samples.Shared.Progress;

namespace SdCompiler.Samples.Benchmarks.Reports;

/// <summary>The results of <c>generation</c>.</summary>
internal sealed record GenerationReport
{
    /// <summary>Where and how it was measured.</summary>
    public required ReportHeader Header { get; init; }

    /// <summary>Words.</summary>
    public required int Vocabulary { get; init; }

    /// <summary>One entry per model.</summary>
    public required IReadOnlyList<GenerationResult> Results { get; init; }

    /// <summary>Why peers are missing.</summary>
    public required IReadOnlyList<string> MissingPeers { get; init; }

    /// <summary>Writes a table for people.</summary>
    public void Write(TextWriter output)
    {
        output.WriteLine();
        output.WriteLine($"One token at a time: B = 1, T = 1, {Vocabulary.ToString("#,0", CultureInfo.InvariantCulture)} words, nothing dropped");
        output.WriteLine(Header.Text());
        output.WriteLine();
        TextTable table = new("model", "with", "ms per token", "tokens/s", "GFLOP/s (of peak)", "GB/s of weights", "times faster than oneDNN at its best");
        foreach (GenerationResult r in Results)
        {
            table.Add(r.Model, $"SdCompiler, {Header.Threads} thread{(Header.Threads == 1 ? "" : "s")}", Three(r.TokenMs), Whole(r.TokensPerS), string.Create(CultureInfo.InvariantCulture, $"{r.Gflops:0.0} ({r.OfPeak:0.00})"), One(r.WeightSpeed), Two(r.SpeedupVsOnednn));
            foreach (GenerationPeerResult p in r.Peers)
            {
                table.Add(r.Model, p.Peer, Three(p.TokenMs), Whole(p.TokensPerS), One(p.Gflops), "", "");
            }
        }

        table.Write(output);
        foreach (string missing in MissingPeers)
        {
            output.WriteLine(missing);
        }
    }

    private static string Whole(double value) => value.ToString("0", CultureInfo.InvariantCulture);

    private static string One(double value) => value.ToString("0.0", CultureInfo.InvariantCulture);

    private static string Two(double? value) => value?.ToString("0.00", CultureInfo.InvariantCulture) ?? "";

    private static string Three(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);
}
