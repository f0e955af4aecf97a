using System;
using System.Collections.Generic;
using System.Linq;
using SdCompiler.Runtime;
using SdCompiler.Samples.Benchmarks.Measuring;
using SdCompiler.Samples.Benchmarks.Peers;
using SdCompiler.Samples.Benchmarks.Reports;
using SdCompiler.Samples.LanguageModel.Commands;
using SdCompiler.Samples.LanguageModel.Models;
using SdCompiler.Samples.Shared;

namespace SdCompiler.Samples.Benchmarks.Commands;

/// <summary>
/// Measures what a token costs that is read alone, as in generating text: one row, one time step. Nothing is dropped at prediction, so there is one row per model.
/// </summary>
internal sealed class GenerationCommand(CommandContext context)
{
    public int Run(GenerationRequest request)
    {
        JsonReport.Check(request.Json);
        PeerSet.Check(request.Peers);
        using PeerSet peers = new();
        Dictionary<ModelEntry, IReadOnlyList<Peer>> peersOf = FindPeers(request, peers);
        using PeakMeter peak = new(request.Threads, request.Kernels);
        GenerationRounds[] rounds = [.. request.Models.Select(model => new GenerationRounds(model, peersOf.GetValueOrDefault(model, [])))];
        GenerationBenchmark benchmark = new(request, peak, context.Output, context.Stop);
        benchmark.Run(rounds);
        double peakOfOneThread = request.Threads == 1 ? benchmark.MedianPeak : PeakOfOneThread(request.Kernels);
        GenerationReport report = new()
        {
            Header = ReportHeader.Here(request.Kernels.Name, request.Threads, request.Runs, peakOfOneThread, benchmark.MedianPeak, request.CommandLine),
            Vocabulary = StepBenchmark.Vocabulary,
            Results = [.. rounds.Select(GenerationResult.Of)],
            MissingPeers = [.. peers.Missing, .. rounds.SelectMany(one => one.Peers.Missing.Select(sentence => $"{one.Model.Name}: {sentence}"))],
        };
        JsonReport.Write(request.Json, report);
        report.Write(context.Output);
        return ExitCodes.Success;
    }

    private static double PeakOfOneThread(KernelSet kernels)
    {
        using PeakMeter one = new(1, kernels);
        return Statistics.Median(Enumerable.Range(0, 3).Select(_ => one.Measure()));
    }

    /// <summary>The peers of each model that they can run; their program is compiled once.</summary>
    private Dictionary<ModelEntry, IReadOnlyList<Peer>> FindPeers(GenerationRequest request, PeerSet peers)
    {
        Dictionary<ModelEntry, IReadOnlyList<Peer>> found = [];
        if (request.Peers is null)
        {
            return found;
        }

        Dictionary<ModelEntry, PeerShape> shapes = [];
        foreach (ModelEntry model in request.Models)
        {
            if (ModelShapes.TwoLayers(model) is PeerShape shape)
            {
                shapes.Add(model, shape);
            }
            else
            {
                peers.Miss($"{model.Name}: oneDNN is left out, because its program runs two-layer models.");
            }
        }

        if (shapes.Count > 0)
        {
            peers.Add("oneDNN", () =>
            {
                OneDnnProgram program = OneDnnProgram.Compile(request.Peers, context.Stop);
                foreach ((ModelEntry model, PeerShape shape) in shapes)
                {
                    found.Add(model, OneDnnPeer.Generation(program, shape, Environment.ProcessorCount));
                }

                return [.. found.Values.SelectMany(all => all)];
            });
        }

        return found;
    }
}
