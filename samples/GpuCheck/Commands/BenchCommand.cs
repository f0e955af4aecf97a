using System;
using System.Globalization;
using SdCompiler.Samples.GpuCheck.Measuring;
using SdCompiler.Samples.GpuCheck.Models;

namespace SdCompiler.Samples.GpuCheck.Commands;

/// <summary>Measures the steps of every model, batch size, precision and regime, and prints a line for each.</summary>
internal static class BenchCommand
{
    private static readonly Regime[] regimes = [Regime.Dense, Regime.Structured, Regime.StructuredFixed];

    /// <summary>Runs the command.</summary>
    /// <param name="context">What was asked for.</param>
    /// <returns>The exit code.</returns>
    public static int Run(CheckContext context)
    {
        CheckOptions options = context.Options;
        context.Output.WriteLine($"bench: {context.Device.Name}, driver for CUDA {context.Device.DriverVersion}, .NET {Environment.Version}; medians of up to 200 steps");
        LiveTable table = new(
            context.Output, ("model", -7), ("B", 4), ("products", -8), ("regime", -16), ("step ms", 9), ("spread %", 8), ("Step() ms", 9), ("tokens/s", 10), ("times dense", 11), ("MiB", 7));
        table.Begin();
        using CsvFile? csv = options.Csv is null ? null : new CsvFile(options.Csv, context.Device, context.CommandLine);
        foreach (CheckModel model in ModelChoice.Measured(options))
        {
            foreach (string precision in options.Precisions)
            {
                double dense = 0;
                foreach (Regime regime in regimes)
                {
                    StepTimes times = StepMeter.Measure(model, regime, precision == "tf32", context.Device, options.Seconds);
                    dense = regime == Regime.Dense ? times.StepMilliseconds : dense;
                    BenchRow row = new(model, regime, precision, times, dense);
                    csv?.Add(row);
                    Add(table, row);
                }
            }
        }

        return ExitCodes.Success;
    }

    private static void Add(LiveTable table, BenchRow row) => table.Add(
        row.Model.Name, Text(row.Model.BatchSize, "0"), row.Precision, RegimeNames.Of(row.Regime), Text(row.Times.StepMilliseconds, "0.000"), Text(100 * row.Times.Spread, "0.0"),
        Text(row.Times.HostMilliseconds, "0.000"), Text(row.TokensPerSecond, "#,0"), Text(row.Speedup, "0.00"), Text(row.MemoryMebibytes, "#,0"));

    private static string Text(double number, string format) => number.ToString(format, CultureInfo.InvariantCulture);
}
