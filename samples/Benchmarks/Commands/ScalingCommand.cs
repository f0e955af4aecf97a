using System;
using System.Collections.Generic;
using System.Linq;
using SdCompiler.Runtime;
using SdCompiler.Samples.Benchmarks.Measuring;
using SdCompiler.Samples.Benchmarks.Models;
using SdCompiler.Samples.Benchmarks.Reports;
using SdCompiler.Samples.LanguageModel.Commands;
using SdCompiler.Samples.LanguageModel.Models;
using SdCompiler.Samples.Shared;

namespace SdCompiler.Samples.Benchmarks.Commands;

/// <summary>Measures how the time of a training step grows with the window, the batch, the layers and the threads.</summary>
internal sealed class ScalingCommand(CommandContext context)
{
    private const double Milliseconds = 150;

    private readonly List<double> _peaksOfOne = [];
    private readonly List<double> _peaks = [];

    public int Run(ScalingRequest request)
    {
        JsonReport.Check(request.Json);
        List<ScalingResult> results = [];
        using (PeakMeter peakOfOne = new(1, request.Kernels), peak = new(request.Threads, request.Kernels))
        {
            foreach (Sweep sweep in request.Sweeps)
            {
                results.AddRange(Measure(request, sweep, peakOfOne, peak));
                context.Output.WriteLine($"{sweep} measured");
                context.Output.Flush();
            }
        }

        ScalingReport report = new()
        {
            Header = ReportHeader.Here(request.Kernels.Name, request.Threads, request.Runs, Statistics.Median(_peaksOfOne), Statistics.Median(_peaks), request.CommandLine),
            Results = results,
        };
        JsonReport.Write(request.Json, report);
        report.Write(context.Output);
        return ExitCodes.Success;
    }

    private IEnumerable<ScalingResult> Measure(ScalingRequest request, Sweep sweep, PeakMeter peakOfOne, PeakMeter peak)
    {
        ScalingPoint[] points = ScalingPoint.Of(sweep, request.Model, request.Threads, Math.Max(request.Threads, Environment.ProcessorCount)).ToArray();
        Dictionary<ModelEntry, LanguageModelInstance> models = points.Select(point => point.Model).Distinct().ToDictionary(model => model, model => model.Create(StepBenchmark.Vocabulary, StepBenchmark.Seed));
        List<StepMeter> meters = [];
        try
        {
            foreach (ScalingPoint point in points)
            {
                context.Stop.ThrowIfCancellationRequested();
                meters.Add(Meter(models[point.Model], point, request.Kernels));
                meters[^1].WarmUp(Milliseconds);
            }

            List<StepMeasurement>[] measured = points.Select(_ => new List<StepMeasurement>()).ToArray();
            for (int run = 0; run < request.Runs; run++)
            {
                _peaksOfOne.Add(peakOfOne.Measure());
                _peaks.Add(peak.Measure());
                for (int i = 0; i < points.Length; i++)
                {
                    context.Stop.ThrowIfCancellationRequested();
                    measured[i].Add(meters[i].Measure());
                }
            }

            return points.Select((point, i) => Result(sweep, point, measured[i])).ToArray();
        }
        finally
        {
            foreach (StepMeter meter in meters)
            {
                meter.Dispose();
            }
        }
    }

    private static StepMeter<TokenBatch> Meter(LanguageModelInstance model, ScalingPoint point, KernelSet kernels) => new(
        model.CreateTrainer(StepMeter.Slow(LanguageStepModels.CreateOptimizer()), point.Variant, StepMeter.Options(point.Threads, kernels)),
        RandomTokens.Same(model.Vocabulary, point.Rows, point.Steps));

    private static ScalingResult Result(Sweep sweep, ScalingPoint point, List<StepMeasurement> measured)
    {
        double step = Statistics.Median(measured.Select(one => one.StepMilliseconds));
        double multiplyAdds = measured[0].PhaseMultiplyAdds.Sum();
        double perUnit = sweep switch
        {
            Sweep.Threads => step * point.Size,
            Sweep.Units => step / multiplyAdds * 1e9,
            _ => step / point.Size,
        };
        return new ScalingResult(
            sweep,
            point.Size,
            point.Model.Name,
            DropoutNames.Pattern(point.Variant),
            point.Variant == Dropout.Dense ? "none" : DropoutNames.SitesOf(point.Variant),
            point.Threads,
            point.Steps,
            point.Rows,
            step,
            perUnit,
            2 * multiplyAdds / step / 1e6);
    }
}
