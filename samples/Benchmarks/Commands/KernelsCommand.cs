using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using SdCompiler.Runtime;
using SdCompiler.Samples.Benchmarks.Measuring;
using SdCompiler.Samples.Benchmarks.Reports;
using SdCompiler.Samples.LanguageModel.Commands;
using SdCompiler.Samples.Shared;

namespace SdCompiler.Samples.Benchmarks.Commands;

/// <summary>Measures the products of a layer one by one, over sizes and shares of kept units.</summary>
internal sealed class KernelsCommand(CommandContext context)
{
    /// <summary>Sizes H, unless the user gives others: those of the published models and of the tables of other libraries.</summary>
    public static readonly int[] Units = [128, 200, 256, 512, 650, 1024, 1150, 1500, 2048];

    /// <summary>Batch sizes B, unless the user gives others.</summary>
    public static readonly int[] Rows = [1, 8, 20, 32, 64, 128];

    /// <summary>Shares of kept units, unless the user gives others.</summary>
    public static readonly double[] Keep = [1, 0.75, 0.5, 0.35, 0.25];

    private const int Runs = 5;
    private const double PeakMilliseconds = 4;
    private static readonly LayerProduct[] Products = Enum.GetValues<LayerProduct>();

    private readonly List<double> _peaks = [];
    private readonly List<KernelResult> _results = [];

    public int Run(KernelsRequest request)
    {
        JsonReport.Check(request.Json);
        using PeakMeter peak = new(1, request.Kernels, PeakMilliseconds);
        WarmUp(request.Kernels);
        foreach (int units in request.Units)
        {
            long started = Stopwatch.GetTimestamp();
            MatrixParameter weights = LayerMeter.CreateWeights(units);
            MatrixGradient gradient = new(weights);
            foreach (int rows in request.Rows)
            {
                Measure(new LayerMeter(weights, gradient, rows, request.Keep, request.Kernels), units, rows, request.Keep, peak);
            }

            context.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"H = {units}: {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s"));
            context.Output.Flush();
        }

        KernelsReport report = Report(request);
        JsonReport.Write(request.Json, report);
        report.Write(context.Output);
        return ExitCodes.Success;
    }

    /// <summary>Runs every product until its code is compiled for good.</summary>
    private void WarmUp(KernelSet kernels)
    {
        const int Units = 64, Rows = 4;
        MatrixParameter weights = LayerMeter.CreateWeights(Units);
        LayerMeter meter = new(weights, new MatrixGradient(weights), Rows, [0.5], kernels);
        for (Stopwatch watch = Stopwatch.StartNew(); watch.ElapsedMilliseconds < 1000;)
        {
            foreach (LayerProduct product in Products)
            {
                context.Stop.ThrowIfCancellationRequested();
                meter.Measure(product, 0);
            }
        }
    }

    private void Measure(LayerMeter meter, int units, int rows, IReadOnlyList<double> keep, PeakMeter peak)
    {
        // [product][keep] of measurements; all sizes of one round, then the next round.
        List<(double Gflops, double Peak)>[][] measured = Products.Select(_ => keep.Select(_ => new List<(double, double)>()).ToArray()).ToArray();
        for (int run = 0; run < Runs; run++)
        {
            for (int product = 0; product < Products.Length; product++)
            {
                context.Stop.ThrowIfCancellationRequested();
                _peaks.Add(peak.Measure());
                for (int i = 0; i < keep.Count; i++)
                {
                    measured[product][i].Add((meter.Measure(Products[product], i), _peaks[^1]));
                }
            }
        }

        for (int product = 0; product < Products.Length; product++)
        {
            for (int i = 0; i < keep.Count; i++)
            {
                List<(double Gflops, double Peak)> figures = measured[product][i];
                _results.Add(new KernelResult(
                    Products[product],
                    units,
                    rows,
                    keep[i],
                    meter.Steps,
                    Statistics.Median(figures.Select(one => one.Gflops)),
                    Statistics.Median(figures.Select(one => one.Gflops / one.Peak))));
            }
        }
    }

    private KernelsReport Report(KernelsRequest request)
    {
        double peak = Statistics.Median(_peaks);
        return new KernelsReport
        {
            Header = ReportHeader.Here(request.Kernels.Name, threads: 1, Runs, peak, peak, request.CommandLine),
            Results = _results,
        };
    }
}
