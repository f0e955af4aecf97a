using System.Collections.Generic;
using System.IO;
using System.Linq;
using SdCompiler.Samples.Benchmarks.Measuring;
using SdCompiler.Samples.Benchmarks.Peers;
using SdCompiler.Samples.Benchmarks.Reports;
using SdCompiler.Samples.LanguageModel.Commands;
using SdCompiler.Samples.LanguageModel.Models;

namespace SdCompiler.Samples.Benchmarks.Commands;

/// <summary>Measures whole training steps of a model, phase by phase, beside those of other libraries.</summary>
internal sealed class StepCommand(CommandContext context)
{
    public int Run(StepRequest request)
    {
        JsonReport.Check(request.Json);
        if (request.Peers is not null && !Directory.Exists(request.Peers))
        {
            throw new UserErrorException($"{request.Peers}: there is no such folder; give --peers the folder with onednn_lm.cpp and pytorch_lm.py.");
        }

        IReadOnlyList<Dropout> variants = StepVariants.Of(request.Patterns, request.Sites);
        if (!request.Model.HasDropout)
        {
            context.Output.WriteLine($"{request.Model.Name} declares no dropout, so that every pattern is the dense step.");
            variants = [Dropout.Dense];
        }

        List<string> missing = [];
        List<Peer> peers = [];
        try
        {
            FindPeers(request, peers, missing);
            StepRounds rounds;
            using (StepBenchmark benchmark = new(request, variants, context.Output, context.Stop))
            {
                rounds = benchmark.Run(peers);
            }

            rounds.MissingPeers.InsertRange(0, missing);
            StepReport report = Report(request, rounds);
            JsonReport.Write(request.Json, report);
            report.Write(context.Output);
            return ExitCodes.Success;
        }
        finally
        {
            foreach (Peer peer in peers)
            {
                peer.Dispose();
            }
        }
    }

    private void FindPeers(StepRequest request, List<Peer> peers, List<string> missing)
    {
        if (request.Peers is null)
        {
            return;
        }

        if (ModelShapes.TwoLayers(request.Model) is not PeerShape shape)
        {
            missing.Add($"The peers are left out: they train two-layer models, and {request.Model.Name} is none.");
            return;
        }

        try
        {
            peers.AddRange(OneDnnPeer.All(request.Peers, shape, request.Threads, context.Stop));
        }
        catch (PeerException e)
        {
            missing.Add($"oneDNN is left out: {e.Message}.");
        }

        try
        {
            peers.AddRange(PyTorchPeer.All(request.Peers, shape, request.Threads, context.Stop));
        }
        catch (PeerException e)
        {
            missing.Add($"PyTorch is left out: {e.Message}.");
        }
    }

    private StepReport Report(StepRequest request, StepRounds rounds)
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
            Peers = [.. rounds.Peers.Where(peer => peer.Value.Any(one => one.Run is not null)).Select(peer => PeerResult.Of(rounds, peer.Key, Figures(Dropout.Dense).Dense))],
            MissingPeers = rounds.MissingPeers,
        };
    }
}
