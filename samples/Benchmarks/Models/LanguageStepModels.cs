using System;
using System.Collections.Generic;
using System.Linq;
using SdCompiler.Samples.Benchmarks.Measuring;
using SdCompiler.Samples.LanguageModel.Models;
using SdCompiler.Samples.Shared;

namespace SdCompiler.Samples.Benchmarks.Models;

/// <summary>The models of the language model sample, on random tokens.</summary>
internal static class LanguageStepModels
{
    /// <summary>All of them, those with dropouts of their own last.</summary>
    public static IEnumerable<StepModel> All => ModelCatalog.All.Select(entry => entry.IsAwd ? Awd(entry) : Of(entry));

    /// <summary>The optimizer of the published models; the same for the small ones, so that only sizes differ.</summary>
    public static Optimizer CreateOptimizer() => new Sgd { ClipNorm = 5 };

    private static StepModel<TokenBatch> Of(ModelEntry entry) => new(
        () => Trainers(entry),
        CreateOptimizer,
        () => RandomTokens.Same(StepBenchmark.Vocabulary, entry.Plan.BatchSize, entry.Plan.TimeSteps))
    {
        Name = entry.Name,
        Description = entry.Description,
        Plan = entry.Plan,
        Dimensions = [StepBenchmark.Vocabulary],
        Variants = [.. entry.Variants.Select(Variant)],
        Usual = entry.HasDropout ? [.. new[] { Dropout.Random, Dropout.StructuredInput, Dropout.Structured, Dropout.StructuredFixed }.Select(Variant)] : [],
        Peer = () => ModelShapes.TwoLayers(entry),
    };

    /// <summary>An AWD-LSTM with its own optimizer, on windows of lengths as in its training.</summary>
    private static StepModel<TokenBatch> Awd(ModelEntry entry)
    {
        StepVariant[] variants = [.. entry.Variants.Select(variant => variant == Dropout.Dense ? StepVariant.Dense : new StepVariant(variant.ToString(), entry.Pattern(variant), StepVariant.Own))];
        return new StepModel<TokenBatch>(
            () => Trainers(entry),
            entry.Recipe.CreateOptimizer,
            () => RandomTokens.Drawn(StepBenchmark.Vocabulary, entry.Plan.BatchSize, entry.Recipe.Lengths! with { Most = entry.Plan.TimeSteps, Seed = StepBenchmark.Seed }))
        {
            Name = entry.Name,
            Description = entry.Description,
            Plan = entry.Plan,
            Dimensions = [StepBenchmark.Vocabulary],
            Variants = variants,
            Usual = variants,
        };
    }

    private static StepVariant Variant(Dropout variant) =>
        variant == Dropout.Dense ? StepVariant.Dense : new StepVariant(variant.ToString(), DropoutNames.Pattern(variant), DropoutNames.SitesOf(variant));

    private static Func<Optimizer, string, TrainerOptions, TokenTrainer> Trainers(ModelEntry entry)
    {
        LanguageModelInstance model = entry.Create(StepBenchmark.Vocabulary, StepBenchmark.Seed);
        return (optimizer, variant, options) => model.CreateTrainer(optimizer, Enum.Parse<Dropout>(variant), options);
    }
}
