using System.Globalization;
using System.Linq;
using System.Text;
using SdCompiler.Samples.Benchmarks.Models;
using SdCompiler.Samples.Benchmarks.Reports;
using SdCompiler.Samples.LanguageModel.Models;
using SdCompiler.Samples.Shared;

namespace SdCompiler.Samples.Benchmarks.Publishing;

/// <summary>One result as a Markdown table: our patterns, then each peer at its best setting. What was not measured is an empty cell.</summary>
internal static class PerformanceTable
{
    /// <summary>The table, with \n after each line.</summary>
    /// <param name="report">The result.</param>
    public static string Of(StepReport report)
    {
        StringBuilder text = new();
        Add(text, "", "ms per step", "times our dense step", "ceiling", "times oneDNN", "times PyTorch", "MB");
        text.Append("|---|---|---|---|---|---|---|\n");
        foreach (PatternResult p in report.Patterns)
        {
            Add(text, Name(p), Milliseconds(p.StepMs), Two(p.SpeedupVsDense), Two(p.Ceiling), Two(p.SpeedupVsOnednn), One(p.SpeedupVsPytorch), Whole(p.PeakMemoryMb));
        }

        foreach (PeerSetting best in report.Peers.Select(PeerSetting.Of).GroupBy(setting => setting.Family).Select(family => family.MinBy(setting => setting.Result.StepMs)!))
        {
            PeerResult p = best.Result;
            string oneDnn = best.Family == PeerSetting.OneDnn ? Two(1) : "", pyTorch = best.Family == PeerSetting.PyTorch ? One(1) : "";
            Add(text, best.Text, Milliseconds(p.StepMs), Two(p.SpeedupVsDense), "", oneDnn, pyTorch, Whole(p.PeakMemoryMb));
        }

        return text.ToString();
    }

    private static void Add(StringBuilder text, params string[] cells)
    {
        foreach (string cell in cells)
        {
            text.Append(cell.Length == 0 ? "| " : $"| {cell} ");
        }

        text.Append("|\n");
    }

    private static string Name(PatternResult pattern) => pattern.Sites switch
    {
        StepVariant.None or StepVariant.Own => pattern.Pattern,
        DropoutNames.InputOnly => $"{pattern.Pattern}, non-recurrent",
        DropoutNames.WithRecurrent => $"{pattern.Pattern}, everywhere",
        _ => $"{pattern.Pattern}, {pattern.Sites}",
    };

    /// <summary>About four digits, whether a step takes one millisecond or a second.</summary>
    private static string Milliseconds(double value) => Number(value, value < 10 ? "0.00" : value < 1000 ? "0.0" : "0");

    private static string Whole(double? value) => Number(value, "0");

    private static string One(double? value) => Number(value, "0.0");

    private static string Two(double? value) => Number(value, "0.00");

    private static string Number(double? value, string format) => value is double known && double.IsFinite(known) ? known.ToString(format, CultureInfo.InvariantCulture) : "";
}
