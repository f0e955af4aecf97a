using System.Collections.Generic;
using System.Linq;
using SdCompiler.Samples.Benchmarks.Measuring;
using SdCompiler.Samples.Benchmarks.Models;
using SdCompiler.Samples.Benchmarks.Peers;
using SdCompiler.Samples.Benchmarks.Reports;
using SdCompiler.Samples.Shared;

namespace SdCompiler.Samples.Benchmarks.Commands;

/// <summary>Measures whole training steps of a model, phase by phase, beside those of other libraries.</summary>
internal sealed class StepCommand(CommandContext context)
{
    public int Run(StepRequest request)
    {
        IReadOnlyList<StepVariant> variants = StepVariants.Of(request.Model, request.Patterns, request.Sites);
        if (request.Peers is not null && request.Model.Peer is null)
        {
            throw new UsageException($"--peers is not for the model '{request.Model.Name}', which no peer trains; leave the option out, or measure another model.");
        }

        JsonReport.Check(request.Json);
        PeerSet.Check(request.Peers);
        if (request.Model.Variants.Count == 1)
        {
            context.Output.WriteLine($"{request.Model.Name} declares no dropout, so that every pattern is the dense step.");
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

        if (request.Model.Peer?.Invoke() is not PeerShape shape)
        {
            peers.Miss($"The peers are left out: they train two-layer models, and {request.Model.Name} is none.");
            return;
        }

        peers.Add("oneDNN", () => OneDnnPeer.Training(OneDnnProgram.Compile(request.Peers, context.Stop), shape, request.Threads));
        peers.Add("PyTorch", () => PyTorchPeer.All(request.Peers, shape, request.Threads, context.Stop));
    }

    private StepReport Report(StepRequest request, StepRounds rounds, IReadOnlyList<string> missing)
    {
        StepModel model = request.Model;
        return new StepReport
        {
            Header = ReportHeader.Here(request.Kernels.Name, request.Threads, request.Runs, Statistics.Median(rounds.PeakOfOne), Statistics.Median(rounds.Peak), request.CommandLine),
            Model = model.Name,
            BatchSize = model.Plan.BatchSize,
            TimeSteps = model.Plan.TimeSteps,
            MeanSteps = model.Sizes.MeanSteps < model.Plan.TimeSteps ? model.Sizes.MeanSteps : null,
            MeanSourceSteps = model.Sizes.MeanSourceSteps,
            MeanCharacters = model.Sizes.MeanCharacters,
            Vocabulary = model.Words,
            Patterns = [.. rounds.Variants.Keys.Select(variant => PatternResult.Of(rounds, variant, model.Work(variant), MemoryProbe.Megabytes(request, variant, context.Stop)))],
            Peers = [.. rounds.Peers.Measured.Select(peer => PeerResult.Of(rounds, peer, model.Work(StepVariant.Dense).Dense))],
            MissingPeers = missing,
        };
    }
}
