using System.Collections.Generic;
using System.Linq;
using SdCompiler.Samples.Benchmarks.Measuring;
using SdCompiler.Samples.Benchmarks.Peers;
using SdCompiler.Samples.Benchmarks.Reports;
using SdCompiler.Samples.LanguageModel.Commands;
using SdCompiler.Samples.LanguageModel.Models;
using SdCompiler.Samples.Shared;

namespace SdCompiler.Samples.Benchmarks.Commands;

/// <summary>Measures whole training steps of a model, phase by phase, beside those of other libraries.</summary>
internal sealed class StepCommand(CommandContext context)
{
    public int Run(StepRequest request)
    {
        JsonReport.Check(request.Json);
        PeerSet.Check(request.Peers);
        IReadOnlyList<Dropout> variants = StepVariants.Of(request.Patterns, request.Sites);
        if (!request.Model.HasDropout)
        {
            context.Output.WriteLine($"{request.Model.Name} declares no dropout, so that every pattern is the dense step.");
            variants = [Dropout.Dense];
        }

        using PeerSet peers = new();
        FindPeers(request, peers);
        StepRounds rounds;
        using (StepBenchmark benchmark = new(request, variants, context.Output, context.Stop))
        {
            rounds = benchmark.Run(peers.Peers);
        }

        StepReport report = Report(request, rounds, [.. peers.Missing, .. rounds.Peers.Missing]);
        JsonReport.Write(request.Json, report);
        report.Write(context.Output);
        return ExitCodes.Success;
    }

    private void FindPeers(StepRequest request, PeerSet peers)
    {
        if (request.Peers is null)
        {
            return;
        }

        if (ModelShapes.TwoLayers(request.Model) is not PeerShape shape)
        {
            peers.Miss($"The peers are left out: they train two-layer models, and {request.Model.Name} is none.");
            return;
        }

        peers.Add("oneDNN", () => OneDnnPeer.Training(OneDnnProgram.Compile(request.Peers, context.Stop), shape, request.Threads));
        peers.Add("PyTorch", () => PyTorchPeer.All(request.Peers, shape, request.Threads, context.Stop));
    }

    private StepReport Report(StepRequest request, StepRounds rounds, IReadOnlyList<string> missing)
    {
        PlanFigures Figures(Dropout variant) => request.Model.Plan.Evaluate(variant.ToString(), StepBenchmark.Vocabulary);
        return new StepReport
        {
            Header = ReportHeader.Here(request.Kernels.Name, request.Threads, request.Runs, Statistics.Median(rounds.PeakOfOne), Statistics.Median(rounds.Peak), request.CommandLine),
            Model = request.Model.Name,
            BatchSize = request.Model.Plan.BatchSize,
            TimeSteps = request.Model.Plan.TimeSteps,
            Vocabulary = StepBenchmark.Vocabulary,
            Patterns = [.. rounds.Variants.Keys.Select(variant => PatternResult.Of(rounds, variant, Figures(variant), MemoryProbe.Megabytes(request, variant, context.Stop)))],
            Peers = [.. rounds.Peers.Measured.Select(peer => PeerResult.Of(rounds, peer, Figures(Dropout.Dense).Dense))],
            MissingPeers = missing,
        };
    }
}
