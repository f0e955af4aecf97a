extern alias tagger;

using System;
using System.Linq;
using SdCompiler.Samples.Benchmarks.Measuring;
using Dropout = tagger::SdCompiler.Samples.Tagger.Models.Dropout;
using DropoutNames = tagger::SdCompiler.Samples.Shared.DropoutNames;
using EntityTagger = tagger::SdCompiler.Samples.Tagger.Models.EntityTagger;
using SentenceEncoder = tagger::SdCompiler.Samples.Tagger.Data.SentenceEncoder;
using TaggerRun = tagger::SdCompiler.Samples.Tagger.Training.TaggerRun;

namespace SdCompiler.Samples.Benchmarks.Models;

/// <summary>The model of the tagger sample, on random sentences; sizes of vocabularies are about those of CoNLL-2003.</summary>
internal static class TaggerStepModels
{
    private const int Words = 21_000;
    private const int Characters = 85;
    private const int Tags = 17;

    /// <summary>The tagger that trains the words' vectors too.</summary>
    public static StepModel Tagger => new StepModel<EntityTagger.Batch>(Trainers, TaggerRun.CreateOptimizer, () => Batches(new RandomSentences(EntityTagger.Plan.BatchSize, Words, Characters, SentenceEncoder.WordCharacters, Tags)))
    {
        Name = "tagger",
        Description = "characters, 2 directions of 200 units and a conditional random field",
        Plan = EntityTagger.Plan,
        Dimensions = [Words, Characters, Tags],
        Variants = [.. Enum.GetValues<Dropout>().Select(Variant)],
        Usual = [.. new[] { Dropout.RandomInput, Dropout.StructuredInput, Dropout.Structured, Dropout.Random }.Select(Variant)],
    };

    private static Func<Optimizer, string, TrainerOptions, EntityTagger.Trainer> Trainers()
    {
        EntityTagger model = new(Words, Characters, Tags, StepBenchmark.Seed);
        return (optimizer, variant, options) => model.CreateTrainer(optimizer, Enum.Parse<Dropout>(variant), options);
    }

    private static RandomBatches<EntityTagger.Batch> Batches(RandomSentences sentences) => new(
        [.. sentences.Batches.Select(batch => new EntityTagger.Batch
        {
            Rows = batch.Lengths.Length,
            Steps = batch.Lengths.Max(),
            Lengths = batch.Lengths,
            Words = batch.Words,
            Spelling = batch.Characters,
            Targets = batch.Tags,
        })],
        sentences.CharacterCount);

    private static StepVariant Variant(Dropout variant) =>
        variant == Dropout.Dense ? StepVariant.Dense : new StepVariant(variant.ToString(), DropoutNames.Pattern(variant), DropoutNames.SitesOf(variant));
}
