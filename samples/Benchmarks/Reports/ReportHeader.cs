using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text.Json.Serialization;

namespace SdCompiler.Samples.Benchmarks.Reports;

/// <summary>What every result says of where and how it was measured.</summary>
internal sealed record ReportHeader
{
    /// <summary>The processor's name, or "unknown".</summary>
    public required string Machine { get; init; }

    /// <summary>Processors that this process may use.</summary>
    public required int Cores { get; init; }

    /// <summary>The runtime's version.</summary>
    [JsonPropertyName("dotnet")]
    public required string DotNet { get; init; }

    /// <summary>The kernel set.</summary>
    public required string Kernels { get; init; }

    /// <summary>Threads.</summary>
    public required int Threads { get; init; }

    /// <summary>Rounds, or measurements of each figure.</summary>
    public required int Runs { get; init; }

    /// <summary>Median of what one thread can reach.</summary>
    [JsonPropertyName("peak_gflops_1_thread")]
    public required double PeakOfOneThread { get; init; }

    /// <summary>Median of what all threads can reach together.</summary>
    [JsonPropertyName("peak_gflops")]
    public required double Peak { get; init; }

    /// <summary>The day, in UTC.</summary>
    public required string Date { get; init; }

    /// <summary>The command line, without folders of this machine.</summary>
    public required string CommandLine { get; init; }

    /// <summary>The header of what is measured here and now; a header that is read from a file says what that file says, and nothing of this machine.</summary>
    /// <param name="kernels">The kernel set.</param>
    /// <param name="threads">Threads.</param>
    /// <param name="runs">Rounds, or measurements of each figure.</param>
    /// <param name="peakOfOneThread">Median of what one thread can reach.</param>
    /// <param name="peak">Median of what all threads can reach together.</param>
    /// <param name="commandLine">The command line, without folders of this machine.</param>
    public static ReportHeader Here(string kernels, int threads, int runs, double peakOfOneThread, double peak, string commandLine) => new()
    {
        Machine = ProcessorName(),
        Cores = Environment.ProcessorCount,
        DotNet = RuntimeInformation.FrameworkDescription,
        Kernels = kernels,
        Threads = threads,
        Runs = runs,
        PeakOfOneThread = peakOfOneThread,
        Peak = peak,
        Date = DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        CommandLine = commandLine,
    };

    /// <summary>The header in one line, for people.</summary>
    public string Text() => FormattableString.Invariant(
        $"{Machine}, {Cores} cores, {DotNet}, {Kernels}, {Threads} thread{(Threads == 1 ? "" : "s")}; peak {PeakOfOneThread:0} GFLOP/s with 1 thread{(Threads == 1 ? "" : FormattableString.Invariant($", {Peak:0} with {Threads}"))}; medians of {Runs}");

    private static string ProcessorName()
    {
        const string Information = "/proc/cpuinfo";
        try
        {
            string? line = File.Exists(Information) ? File.ReadLines(Information).FirstOrDefault(text => text.StartsWith("model name", StringComparison.Ordinal)) : null;
            return line is null ? "unknown" : line[(line.IndexOf(':') + 1)..].Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "unknown";
        }
    }
}
