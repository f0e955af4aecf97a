extern alias translator;

using System;
using System.Collections.Generic;
using System.Linq;
using SdCompiler.Samples.Benchmarks.Measuring;
using Dropout = translator::SdCompiler.Samples.Translator.Models.Dropout;
using DropoutNames = translator::SdCompiler.Samples.Shared.DropoutNames;
using LuongTranslator = translator::SdCompiler.Samples.Translator.Models.LuongTranslator;
using ToyTranslator = translator::SdCompiler.Samples.Translator.Models.ToyTranslator;

namespace SdCompiler.Samples.Benchmarks.Models;

/// <summary>The models of the translator sample, on random pairs; sizes of vocabularies are about those of Multi30k in subwords.</summary>
internal static class TranslatorStepModels
{
    private const int SourceWords = 5_800;
    private const int TargetWords = 4_400;

    /// <summary>The small one, and that of OpenNMT's defaults.</summary>
    public static IEnumerable<StepModel> All => [Toy, Luong];

    private static StepModel Toy => Of(
        "translator-demo",
        "1 layer of 128 units a side, attention and input feeding, dropout 0.2",
        ToyTranslator.Plan,
        () =>
        {
            ToyTranslator model = new(SourceWords, TargetWords, StepBenchmark.Seed);
            return (optimizer, variant, options) => model.CreateTrainer(optimizer, Enum.Parse<Dropout>(variant), options);
        },
        pairs => new ToyTranslator.Batch { Source = pairs.Source, Target = pairs.Inputs, Targets = pairs.Targets });

    private static StepModel Luong => Of(
        "translator",
        "2 layers of 500 units a side, attention and input feeding, dropout 0.3",
        LuongTranslator.Plan,
        () =>
        {
            LuongTranslator model = new(SourceWords, TargetWords, StepBenchmark.Seed);
            return (optimizer, variant, options) => model.CreateTrainer(optimizer, Enum.Parse<Dropout>(variant), options);
        },
        pairs => new LuongTranslator.Batch { Source = pairs.Source, Target = pairs.Inputs, Targets = pairs.Targets });

    private static IReadOnlyList<StepVariant> Variants => [.. Enum.GetValues<Dropout>().Select(Variant)];

    private static IReadOnlyList<StepVariant> Usual => [.. new[] { Dropout.RandomInput, Dropout.Random, Dropout.StructuredInput, Dropout.Structured }.Select(Variant)];

    private static StepModel<TBatch> Of<TBatch>(string name, string description, ModelPlan plan, Func<Func<Optimizer, string, TrainerOptions, LstmTrainer<TBatch>>> weights, Func<PairArrays, TBatch> create)
        where TBatch : TranslationBatch
        => new(weights, static () => new Adam { ClipNorm = 5 }, () => Batches(plan.BatchSize, create))
        {
            Name = name,
            Description = description,
            Plan = plan,
            Dimensions = [SourceWords, TargetWords],
            Variants = Variants,
            Usual = Usual,
        };

    private static RandomBatches<TBatch> Batches<TBatch>(int rows, Func<PairArrays, TBatch> create)
        where TBatch : TranslationBatch
        => new([.. new RandomPairs(rows, SourceWords, TargetWords).Batches.Select(pairs =>
        {
            TBatch batch = create(pairs);
            batch.Rows = pairs.Lengths.Length;
            batch.Steps = pairs.Lengths.Max();
            batch.Lengths = pairs.Lengths;
            batch.SourceSteps = pairs.SourceLengths.Max();
            batch.SourceLengths = pairs.SourceLengths;
            return batch;
        })]);

    private static StepVariant Variant(Dropout variant) =>
        variant == Dropout.Dense ? StepVariant.Dense : new StepVariant(variant.ToString(), DropoutNames.Pattern(variant), DropoutNames.SitesOf(variant));
}
