using System;
using System.Collections.Generic;
using System.Linq;
using SdCompiler.Samples.Translator.Data;
using SdCompiler.Samples.Translator.Text;
using SdCompiler.Samples.Translator.Vocabulary;
using Xunit;

namespace SdCompiler.Translator.Tests;

public sealed class PairBatchTests
{
    [Fact]
    public void TheDecoderReadsOneStepBehindWhatItWrites()
    {
        EncodedPair[] pairs = [Pair([7, 3], [9, 3]), Pair([4, 5, 6, 3], [8, 7, 3])];
        PairBatch batch = new();
        batch.Fill(pairs, [1, 0]);
        Assert.Equal((2, 4, 3), (batch.Rows, batch.SourceSteps, batch.Steps));
        Assert.Equal([4, 7, 5, 3, 6, 0, 3, 0], batch.Source.ToArray());
        Assert.Equal([4, 2], batch.SourceLengths.ToArray());
        Assert.Equal([2, 2, 8, 9, 7, 0], batch.Inputs.ToArray());
        Assert.Equal([8, 9, 7, 3, 3, -1], batch.Targets.ToArray());
        Assert.Equal([3, 2], batch.Lengths.ToArray());

        // A smaller batch in the same arrays: nothing of the larger one is left.
        batch.Fill(pairs, [0]);
        Assert.Equal([7, 3], batch.Source.ToArray());
        Assert.Equal([2, 9], batch.Inputs.ToArray());
        Assert.Equal([9, 3], batch.Targets.ToArray());
    }

    [Fact]
    public void EveryEpochHasEachPairOnceAndBatchesAreOfSimilarLength()
    {
        Random random = new(3);
        EncodedPair[] pairs = Enumerable.Range(0, 103).Select(i => Pair([i + 4, .. Tail(random)], [i + 4, .. Tail(random)])).ToArray();
        PairBatches batches = new(pairs, 10, seed: 5);
        Assert.Equal(11, batches.BatchesPerEpoch);
        Assert.InRange(batches.Padding, 0, 0.3);
        string first = Epoch(0);
        Assert.NotEqual(first, Epoch(1));
        Assert.Equal(first, Epoch(0));

        string Epoch(int epoch)
        {
            List<int> seen = [];
            for (int index = 0; index < batches.BatchesPerEpoch; index++)
            {
                PairBatch batch = batches.Get(epoch, index);
                int[] lengths = batch.Lengths.ToArray();
                Assert.InRange(lengths.Max() - lengths.Min(), 0, 4);
                seen.AddRange(batch.Targets.ToArray().Take(batch.Rows));
            }

            Assert.Equal(Enumerable.Range(4, 103), seen.Order());
            return string.Join(' ', seen);
        }
    }

    [Fact]
    public void MeasuringTakesEachItemOnceByLength()
    {
        int[][] batches = PairBatches.Once([3, 1, 2, 9], [4, 4, 1, 2], 3).ToArray();
        Assert.Equal([[2, 3, 1], [0]], batches);
        Assert.Equal([[1, 2], [0, 3]], PairBatches.Once([3, 1, 2, 9], [], 2));
    }

    private static IEnumerable<int> Tail(Random random) => Enumerable.Repeat(5, random.Next(12)).Append(SpecialTokens.EndId);

    private static EncodedPair Pair(int[] source, int[] target) => new(source, target, new SentencePair([], []));
}
