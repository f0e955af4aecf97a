using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using SdCompiler.Samples.Benchmarks.Models;
using SdCompiler.Samples.Benchmarks.Reports;
using SdCompiler.Samples.LanguageModel.Models;
using SdCompiler.Samples.Shared;

namespace SdCompiler.Samples.Benchmarks.Publishing;

/// <summary>Results as a page shows them: a heading for each machine, and below it one for each result, with a caption and a table.</summary>
internal static class PerformanceSection
{
    /// <summary>The Markdown, with \n between its lines.</summary>
    /// <param name="results">The results, in the order of the page.</param>
    public static string Of(IEnumerable<PublishedResult> results)
    {
        StringBuilder text = new();
        foreach (IGrouping<string, PublishedResult> machine in results.GroupBy(result => result.Machine))
        {
            text.Append(CultureInfo.InvariantCulture, $"### {machine.Key}\n\n");
            foreach (PublishedResult result in machine)
            {
                text.Append(CultureInfo.InvariantCulture, $"#### {Title(result.Report.Model)}\n\n{Caption(result)}\n\n{PerformanceTable.Of(result.Report)}\n");
                if (Recurrent(result.Report) is string sentence)
                {
                    text.Append(CultureInfo.InvariantCulture, $"{sentence}\n\n");
                }
            }
        }

        return text.ToString().TrimEnd('\n');
    }

    /// <summary>The model, and what it is where this program still has it.</summary>
    private static string Title(string model) =>
        StepModels.All.FirstOrDefault(entry => entry.Name == model) is StepModel known ? $"{model}: {known.Description}" : model;

    private static string Caption(PublishedResult result)
    {
        StepReport report = result.Report;
        ReportHeader header = report.Header;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{report.Sizes()}. {header.Machine}, {Count(header.Cores, "core")}, {header.Kernels} kernels, {Count(header.Threads, "thread")}, {header.DotNet}; {Count(header.Runs, "run")}, {header.Date}: `{header.CommandLine}` ([all figures]({result.Link})).");
    }

    /// <summary>The one comparison that has no column: PyTorch with the dropout that our steps have.</summary>
    private static string? Recurrent(StepReport report)
    {
        PatternResult? pattern = report.Patterns.FirstOrDefault(one => one.Pattern == DropoutNames.Pattern(Dropout.Structured) && one.Sites == DropoutNames.WithRecurrent);
        return pattern?.SpeedupVsPytorchRecurrent is double times && double.IsFinite(times)
            ? string.Create(CultureInfo.InvariantCulture, $"Structured dropout everywhere is {times:0.0} times as fast as PyTorch with recurrent dropout.")
            : null;
    }

    private static string Count(int number, string what) => string.Create(CultureInfo.InvariantCulture, $"{number} {what}{(number == 1 ? "" : "s")}");
}
