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

    private static StepModel Toy => new StepModel<ToyTranslator.Batch>(
        () =>
        {
            ToyTranslator model = new(SourceWords, TargetWords, StepBenchmark.Seed);
            return (optimizer, variant, options) => model.CreateTrainer(optimizer, Enum.Parse<Dropout>(variant), options);
        },
        CreateOptimizer,
        () => Batches(ToyTranslator.Plan.BatchSize, pairs => new ToyTranslator.Batch { Source = pairs.Source, Target = pairs.Inputs, Targets = pairs.Targets }))
    {
        Name = "translator-demo",
        Description = "1 layer of 128 units a side, attention and input feeding, dropout 0.2",
        Plan = ToyTranslator.Plan,
        Dimensions = [SourceWords, TargetWords],
        Variants = Variants,
        Usual = Usual,
    };

    private static StepModel Luong => new StepModel<LuongTranslator.Batch>(
        () =>
        {
            LuongTranslator model = new(SourceWords, TargetWords, StepBenchmark.Seed);
            return (optimizer, variant, options) => model.CreateTrainer(optimizer, Enum.Parse<Dropout>(variant), options);
        },
        CreateOptimizer,
        () => Batches(LuongTranslator.Plan.BatchSize, pairs => new LuongTranslator.Batch { Source = pairs.Source, Target = pairs.Inputs, Targets = pairs.Targets }))
    {
        Name = "translator",
        Description = "2 layers of 500 units a side, attention and input feeding, dropout 0.3",
        Plan = LuongTranslator.Plan,
        Dimensions = [SourceWords, TargetWords],
        Variants = Variants,
        Usual = Usual,
    };

    private static IReadOnlyList<StepVariant> Variants => [.. Enum.GetValues<Dropout>().Select(Variant)];

    private static IReadOnlyList<StepVariant> Usual => [.. new[] { Dropout.RandomInput, Dropout.Random, Dropout.StructuredInput, Dropout.Structured }.Select(Variant)];

    private static Adam CreateOptimizer() => new() { ClipNorm = 5 };

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
