using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace SdCompiler.Runtime.Tests.Data;

public sealed class LengthBucketsTests
{
    [Theory]
    [InlineData(1, 1, 0)]
    [InlineData(7, 10, 0)]
    [InlineData(100, 10, 0)]
    [InlineData(101, 10, 0)]
    [InlineData(109, 10, 3)]
    [InlineData(1234, 32, 5)]
    [InlineData(64, 1, 0)]
    public void EveryItemComesOnceInAnEpoch(int count, int rows, int pool)
    {
        LengthBuckets buckets = new(Lengths(count, 1), rows, seed: 3, pool);
        Assert.Equal((count + rows - 1) / rows, buckets.BatchesPerEpoch);
        for (int epoch = 0; epoch < 5; epoch++)
        {
            int[][] batches = Epoch(buckets, epoch);
            Assert.Equal(Enumerable.Range(0, count), batches.SelectMany(batch => batch).Order());
            Assert.All(batches, batch => Assert.InRange(batch.Length, 1, rows));
            Assert.True(batches.Count(batch => batch.Length < rows) <= 1);
        }
    }

    [Fact]
    public void ABatchIsAFunctionOfSeedEpochAndIndex()
    {
        int[] lengths = Lengths(333, 2);
        LengthBuckets straight = new(lengths, 8, seed: 5);
        int[][][] epochs = [Epoch(straight, 0), Epoch(straight, 1), Epoch(straight, 2)];

        LengthBuckets jumping = new(lengths, 8, seed: 5);
        for (int step = 0; step < 200; step++)
        {
            int epoch = step * 7 % 3;
            int index = step * 11 % jumping.BatchesPerEpoch;
            Assert.Equal(epochs[epoch][index], jumping.Batch(epoch, index).ToArray());
        }

        Assert.NotEqual(epochs[0], Epoch(new LengthBuckets(lengths, 8, seed: 6), 0));
    }

    [Fact]
    public void EveryEpochHasAnotherOrderAndOtherBatches()
    {
        LengthBuckets buckets = new(Lengths(1000, 3), 10, seed: 1);
        HashSet<string>[] epochs = Enumerable.Range(0, 3)
            .Select(epoch => Epoch(buckets, epoch).Select(batch => string.Join(' ', batch.Order())).ToHashSet())
            .ToArray();
        Assert.True(epochs[0].Intersect(epochs[1]).Count() < 20);
        Assert.True(epochs[1].Intersect(epochs[2]).Count() < 20);

        // Not from short to long: the batches themselves are shuffled.
        int[] lengths = Lengths(1000, 3);
        int[] means = Epoch(buckets, 0).Select(batch => (int)batch.Average(item => lengths[item])).ToArray();
        Assert.NotEqual(means.Order(), means);
        Assert.NotEqual(Epoch(buckets, 0)[0], Epoch(buckets, 1)[0]);
    }

    [Fact]
    public void OnePoolLeavesFewPlacesForPadding()
    {
        int[] lengths = Lengths(2000, 4);
        LengthBuckets whole = new(lengths, 10, seed: 1);
        LengthBuckets pools = new(lengths, 10, seed: 1, poolBatches: 20);
        LengthBuckets plain = new(lengths, 10, seed: 1, poolBatches: 1);
        Assert.InRange(whole.Padding(0), 0, 0.02);
        Assert.InRange(pools.Padding(0), whole.Padding(0), 0.15);
        Assert.InRange(plain.Padding(0), 0.4, 0.7);
        Assert.Equal(Rectangles(Epoch(plain, 0), lengths), plain.Padding(0), 12);
    }

    [Fact]
    public void EquallyLongItemsNeedNoPadding() => Assert.Equal(0, new LengthBuckets(Enumerable.Repeat(5, 37).ToArray(), 4, seed: 1).Padding(2));

    [Fact]
    public void PairsAreOrderedByTheFirstLengthAndThenByTheSecond()
    {
        int[] first = Lengths(2000, 5).Select(length => (length + 4) / 5).ToArray();
        int[] second = Lengths(2000, 6);
        LengthBuckets buckets = new(first, second, 10, seed: 1);
        int[][] batches = Epoch(buckets, 0);
        (int First, int Second)[] spans = batches
            .Select(batch => (batch.Max(item => first[item]) - batch.Min(item => first[item]), batch.Max(item => second[item]) - batch.Min(item => second[item])))
            .ToArray();
        Assert.True(spans.Count(span => span.First == 0) > 0.9 * batches.Length);
        Assert.True(spans.Where(span => span.First == 0).Average(span => span.Second) < 5);

        long tokens = first.Sum() + second.Sum();
        long places = batches.Sum(batch => (long)batch.Length * (batch.Max(item => first[item]) + batch.Max(item => second[item])));
        Assert.Equal(1 - ((double)tokens / places), buckets.Padding(0), 12);
    }

    [Fact]
    public void WrongArgumentsAreNamed()
    {
        Assert.Contains("no items", Assert.Throws<ArgumentException>(() => new LengthBuckets([], 2, 1)).Message, StringComparison.Ordinal);
        Assert.Contains("Item 1 has length 0", Assert.Throws<ArgumentException>(() => new LengthBuckets([3, 0], 2, 1)).Message, StringComparison.Ordinal);
        Assert.Contains("2 first lengths and 1 second ones", Assert.Throws<ArgumentException>(() => new LengthBuckets([3, 1], [2], 2, 1)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new LengthBuckets([3], 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LengthBuckets([3], 2, 1, -1));
        LengthBuckets buckets = new([3], 2, 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => buckets.Batch(0, 1).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => buckets.Batch(-1, 0).Length);
    }

    private static int[][] Epoch(LengthBuckets buckets, int epoch) =>
        Enumerable.Range(0, buckets.BatchesPerEpoch).Select(index => buckets.Batch(epoch, index).ToArray()).ToArray();

    private static double Rectangles(int[][] batches, int[] lengths)
    {
        long tokens = batches.Sum(batch => batch.Sum(item => (long)lengths[item]));
        return 1 - ((double)tokens / batches.Sum(batch => (long)batch.Length * batch.Max(item => lengths[item])));
    }

    /// <summary>Lengths from 1 to 60, the short ones more often, as sentences have them.</summary>
    private static int[] Lengths(int count, int seed)
    {
        Random random = new(seed);
        return Enumerable.Range(0, count).Select(_ => 1 + (int)(60 * Math.Pow(random.NextDouble(), 2))).ToArray();
    }
}
