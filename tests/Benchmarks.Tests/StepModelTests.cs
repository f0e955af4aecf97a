using System;
using System.Collections.Generic;
using System.Linq;
using SdCompiler.Runtime;
using SdCompiler.Samples.Benchmarks.Measuring;
using SdCompiler.Samples.Benchmarks.Models;
using Xunit;

namespace SdCompiler.Benchmarks.Tests;

/// <summary>The models whose steps are measured, and their random batches.</summary>
public sealed class StepModelTests
{
    [Theory]
    [InlineData("demo")]
    [InlineData("awd-demo")]
    [InlineData("tagger")]
    [InlineData("translator-demo")]
    public void ThePlanFigureIsThatOfTheMeasuredSteps(string name)
    {
        StepModel model = StepModels.Find(name);
        Func<StepVariant, int, KernelSet, StepMeter> create = model.Create();
        double dense = 0;
        foreach (StepVariant variant in model.Variants)
        {
            StepWork work = model.Work(variant);
            using StepMeter meter = create(variant, 2, KernelSet.Best);
            double executed = meter.Measure().PhaseMultiplyAdds.Sum();
            dense = dense == 0 ? executed : dense;
            Assert.Equal(work.Kept, executed, 1e-9 * executed);
            Assert.Equal(dense, work.Dense, 1e-9 * dense);
            Assert.Equal(work.Dense / work.Kept, work.Ceiling);
        }
    }

    [Fact]
    public void SentencesAreDistributedAsDocumented()
    {
        RandomSentences sentences = new(10, 21_000, 85, 20, 17);
        int[] lengths = sentences.Batches.SelectMany(batch => batch.Lengths).ToArray();
        Assert.Equal(320, lengths.Length);
        Assert.Equal(14.5, lengths.Average(), 0.5);
        Assert.InRange(lengths.Min(), 1, 3);
        Assert.InRange(lengths.Max(), 40, 60);
        Assert.All(sentences.Batches, batch => Assert.InRange(batch.Lengths.Max() - batch.Lengths.Min(), 0, 2));
        Assert.Equal(5, (double)sentences.CharacterCount / lengths.Sum(), 0.1);
        int[] words = sentences.Batches.SelectMany(batch => Enumerable.Range(0, 10 * batch.Lengths.Max()).Where(place => place / 10 < batch.Lengths[place % 10]).Select(place => batch.Words[place])).ToArray();
        Assert.Equal(1 / Math.Log2(21_000), (double)words.Count(word => word == 0) / words.Length, 0.02);
        Assert.Equal(0.5, (double)words.Count(word => word < 145) / words.Length, 0.03); // as many below the square root as above it
    }

    [Fact]
    public void PairsAreDistributedAsDocumented()
    {
        RandomPairs pairs = new(64, 50, 40), again = new(64, 50, 40);
        Assert.Equal(14.3, pairs.Batches.SelectMany(batch => batch.Lengths).Average(), 0.5);
        Assert.Equal(14.3, pairs.Batches.SelectMany(batch => batch.SourceLengths).Average(), 3.0);
        Assert.All(pairs.Batches, batch => Assert.InRange(batch.Lengths.Max() - batch.Lengths.Min(), 0, 2));
        foreach ((PairArrays one, PairArrays other) in pairs.Batches.Zip(again.Batches))
        {
            Assert.Equal(one.Source, other.Source);
            Assert.Equal(one.Targets, other.Targets);
            Assert.All(one.Source, word => Assert.InRange(word, 0, 49));
            Assert.All(one.Inputs.Concat(one.Targets), word => Assert.InRange(word, 0, 39));
            Assert.All(one.SourceLengths.Zip(one.Lengths), pair => Assert.InRange((double)pair.First, Math.Floor(0.75 * pair.Second), Math.Ceiling(1.25 * pair.Second) + 1));
        }
    }

    [Fact]
    public void SentencesAreTheSameInEveryRunAndWithinTheirVocabularies()
    {
        RandomSentences first = new(3, 50, 7, 20, 4), second = new(3, 50, 7, 20, 4);
        long characters = 0;
        foreach ((SentenceArrays one, SentenceArrays other) in first.Batches.Zip(second.Batches))
        {
            Assert.Equal(one.Lengths, other.Lengths);
            Assert.Equal(one.Words, other.Words);
            Assert.Equal(one.Characters, other.Characters);
            Assert.Equal(one.Tags, other.Tags);
            Assert.All(one.Words, word => Assert.InRange(word, 0, 49));
            Assert.All(one.Tags, tag => Assert.InRange(tag, 0, 3));
            for (int row = 0; row < 3; row++)
            {
                for (int t = 0; t < one.Lengths[row]; t++)
                {
                    int[] word = one.Characters.AsSpan(((t * 3) + row) * 20, 20).ToArray();
                    int length = word.TakeWhile(character => character >= 0).Count();
                    Assert.InRange(length, 1, 20);
                    Assert.All(word.Take(length), character => Assert.InRange(character, 0, 6));
                    Assert.All(word.Skip(length), character => Assert.Equal(-1, character));
                    characters += length;
                }
            }
        }

        Assert.Equal(first.CharacterCount, characters);
    }

    [Theory]
    [InlineData(0.0, 1)]
    [InlineData(0.63212, 16)] // 1 - 1/e: the scale
    [InlineData(0.9999, 60)]
    public void LengthsAreWeibulls(double share, int length) => Assert.Equal(length, Lengths.Sentences.At(share));

    [Fact]
    public void AMeasurementGoesThroughAllSizes()
    {
        TokenBatch[] same = Batches(4, 4), drawn = Batches(4, 5);
        Assert.Equal(1, new RandomBatches<TokenBatch>(same).Cycle);
        Assert.Equal(2, new RandomBatches<TokenBatch>(drawn).Cycle);
        Assert.Equal(4.5, new RandomBatches<TokenBatch>(drawn).Sizes.MeanSteps);
        drawn[1].Lengths = new[] { 5, 2, 2 };
        Assert.Equal((4 + 4 + 4 + 5 + 2 + 2) / 6.0, new RandomBatches<TokenBatch>(drawn).Sizes.MeanSteps);
    }

    [Fact]
    public void EveryModelHasItsNameOnceAndRegimesOfItsPlan()
    {
        Assert.Equal(StepModels.Names.Count(), StepModels.Names.Distinct().Count());
        foreach (StepModel model in StepModels.All)
        {
            Assert.Equal(StepVariant.Dense, model.Variants[0]);
            Assert.Subset(new HashSet<StepVariant>(model.Variants), new HashSet<StepVariant>(model.Usual));
            Assert.All(model.Variants, variant => model.Plan.Variant(variant.Name));
        }
    }

    private static TokenBatch[] Batches(params int[] steps) => [.. steps.Select(length => new TokenBatch { Rows = 3, Steps = length })];
}
