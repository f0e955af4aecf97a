using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using SdCompiler.Samples.Benchmarks.Measuring;
using SdCompiler.Samples.Shared.Progress;

namespace SdCompiler.Samples.Benchmarks.Reports;

/// <summary>The results of <c>scaling</c>.</summary>
internal sealed record ScalingReport
{
    /// <summary>Where and how it was measured.</summary>
    public required ReportHeader Header { get; init; }

    /// <summary>One entry per sweep, size and variant.</summary>
    public required IReadOnlyList<ScalingResult> Results { get; init; }

    /// <summary>Writes one table per sweep.</summary>
    public void Write(TextWriter output)
    {
        output.WriteLine();
        output.WriteLine(Header.Text());
        foreach (IGrouping<Sweep, ScalingResult> sweep in Results.GroupBy(result => result.Sweep))
        {
            output.WriteLine();
            Table(sweep).Write(output);
        }
    }

    private static TextTable Table(IGrouping<Sweep, ScalingResult> sweep)
    {
        TextTable table = new("model", "pattern", Size(sweep.Key), "ms per step", Unit(sweep.Key), "GFLOP/s on kept work");
        foreach (ScalingResult result in sweep)
        {
            table.Add(
                result.Model,
                result.Sites == "none" ? result.Pattern : $"{result.Pattern}, {result.Sites}",
                result.Size.ToString(CultureInfo.InvariantCulture),
                result.StepMs.ToString("0.00", CultureInfo.InvariantCulture),
                result.MsPerUnit.ToString("0.000", CultureInfo.InvariantCulture),
                result.GflopsKept.ToString("0", CultureInfo.InvariantCulture));
        }

        return table;
    }

    private static string Size(Sweep sweep) => sweep switch
    {
        Sweep.Steps => "time steps",
        Sweep.Rows => "rows",
        Sweep.Threads => "threads",
        _ => "units",
    };

    private static string Unit(Sweep sweep) => sweep switch
    {
        Sweep.Steps => "ms per time step",
        Sweep.Rows => "ms per row",
        Sweep.Threads => "ms times threads",
        _ => "ms per 10^9 multiply-adds",
    };
}
