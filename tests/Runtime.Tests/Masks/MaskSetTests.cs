using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace SdCompiler.Runtime.Tests;

public sealed class MaskSetTests
{
    private const int Steps = 5;
    private const int Rows = 7;

    public static TheoryData<DropoutPattern, MaskSampling> Kinds()
    {
        TheoryData<DropoutPattern, MaskSampling> kinds = [];
        foreach (DropoutPattern pattern in Enum.GetValues<DropoutPattern>())
        {
            kinds.Add(pattern, MaskSampling.FixedCount);
            kinds.Add(pattern, MaskSampling.Bernoulli);
        }

        return kinds;
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void EveryMaskCanBeRecomputedAlone(DropoutPattern pattern, MaskSampling sampling)
    {
        MaskSite site = Site(pattern, sampling, 37);
        MaskSet masks = Draw(11, [MaskSite.None("Dense", DropoutSites.Input, 3), site], step: 123456789012, lanes: 2);
        for (int t = 0; t < Steps; t++)
        {
            for (int unit = 0; unit < site.Units; unit++)
            {
                for (int row = 0; row < Rows; row++)
                {
                    Assert.Equal(MaskSampler.Multiplier(11, site, 123456789012, t, unit, row), masks.Multiplier(1, t, unit, row));
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void LanesBatchSizeAndOtherSitesDoNotMatter(DropoutPattern pattern, MaskSampling sampling)
    {
        MaskSite site = Site(pattern, sampling, 50);
        float[] expected = Values(Draw(3, [site], 9, lanes: 1), 0, site, 3);
        Assert.Equal(expected, Values(Draw(3, [site], 9, lanes: 3), 0, site, 3));
        Assert.Equal(expected, Values(Draw(3, [Site(pattern, sampling, 20, layer: 4), site], 9, lanes: 2), 1, site, 3));
        MaskSet larger = new(3, [site], Steps + 4, 33);
        larger.Draw(new Lane(KernelSet.Reference), 9, Steps + 1, 3);
        Assert.Equal(expected, Values(larger, 0, site, 3));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void PatternsVaryOverTimeAndRowsAsTheySay(DropoutPattern pattern, MaskSampling sampling)
    {
        MaskSite site = Site(pattern, sampling, 64);
        MaskSet masks = Draw(3, [site], 0, lanes: 1);
        bool timesDiffer = Enumerable.Range(1, Steps - 1).Any(t => !Mask(masks, site, t, 0).SequenceEqual(Mask(masks, site, 0, 0)));
        bool rowsDiffer = Enumerable.Range(1, Rows - 1).Any(row => !Mask(masks, site, 2, row).SequenceEqual(Mask(masks, site, 2, 0)));
        Assert.Equal(pattern is DropoutPattern.Structured or DropoutPattern.Random, timesDiffer);
        Assert.Equal(pattern is DropoutPattern.Random or DropoutPattern.RandomFixed, rowsDiffer);
        float[] allowed = [0, site.Scale];
        Assert.All(Mask(masks, site, 1, 1), value => Assert.Contains(value, allowed));
    }

    [Fact]
    public void EachPartOfTheKeyChangesTheMask()
    {
        HashSet<string> seen = [];
        foreach (long seed in new long[] { 1, 2, -1 })
        {
            foreach (int layer in new[] { 0, 1 })
            {
                foreach (int direction in new[] { 0, 1 })
                {
                    foreach (DropoutSites place in new[] { DropoutSites.Input, DropoutSites.Recurrent, DropoutSites.Output })
                    {
                        MaskSite site = new("L", layer, direction, place, 400, DropoutPattern.Structured, MaskSampling.FixedCount, 200, 0.5);
                        foreach (long step in new[] { 0, 1, 1L << 32 })
                        {
                            for (int t = 0; t < 3; t++)
                            {
                                int[] kept = new int[200];
                                MaskSampler.Units(seed, site, step, t, kept);
                                Assert.True(seen.Add(string.Join(' ', kept)));
                            }
                        }
                    }
                }
            }
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(10, 1)]
    [InlineData(10, 9)]
    [InlineData(10, 10)]
    [InlineData(650, 325)]
    [InlineData(1500, 525)]
    public void FixedCountsAreExactAscendingAndDistinct(int units, int kept)
    {
        MaskSite site = new("L", 0, 0, DropoutSites.Input, units, DropoutPattern.Structured, MaskSampling.FixedCount, kept, 0.5);
        MaskSet masks = Draw(5, [site], 3, lanes: 1);
        for (int t = 0; t < Steps; t++)
        {
            int[] list = masks.Kept(0, t).ToArray();
            Assert.Equal(kept, list.Length);
            Assert.Equal(list.Distinct().Order(), list);
            Assert.InRange(list[0], 0, units - 1);
            Assert.InRange(list[^1], 0, units - 1);
        }

        Assert.Equal((float)units / kept, site.Scale);
        Assert.Equal(kept < units, site.Drops);
    }

    [Fact]
    public void EverySubsetOfAFixedSizeIsEquallyLikely()
    {
        MaskSite site = new("L", 0, 0, DropoutSites.Input, 5, DropoutPattern.Structured, MaskSampling.FixedCount, 2, 0.6);
        Dictionary<(int, int), int> counts = [];
        Span<int> kept = stackalloc int[2];
        const int Draws = 20_000;
        for (int step = 0; step < Draws; step++)
        {
            MaskSampler.Units(1, site, step, 0, kept);
            counts[(kept[0], kept[1])] = counts.GetValueOrDefault((kept[0], kept[1])) + 1;
        }

        Assert.Equal(10, counts.Count);
        double expected = Draws / 10.0;
        Assert.InRange(counts.Values.Sum(count => (count - expected) * (count - expected) / expected), 0, 30); // 9 degrees of freedom
    }

    [Theory]
    [InlineData(DropoutPattern.Structured, 0.5)]
    [InlineData(DropoutPattern.Structured, 0.05)]
    [InlineData(DropoutPattern.Random, 0.5)]
    [InlineData(DropoutPattern.Random, 0.95)]
    public void BernoulliRatesAreMetAndUnitsAreIndependent(DropoutPattern pattern, double rate)
    {
        MaskSite site = new("L", 2, 1, DropoutSites.Recurrent, 256, pattern, MaskSampling.Bernoulli, 0, rate);
        MaskSet masks = new(1, [site], 40, 10);
        masks.Draw(new Lane(KernelSet.Reference), 0, 40, 10);
        int kept = 0, pairs = 0, timePairs = 0;
        int draws = 0;
        for (int t = 1; t < 40; t++)
        {
            for (int row = 0; row < (site.IsStructured ? 1 : 10); row++)
            {
                for (int unit = 1; unit < 256; unit++, draws++)
                {
                    bool keep = masks.Multiplier(0, t, unit, row) != 0;
                    kept += keep ? 1 : 0;
                    pairs += keep && masks.Multiplier(0, t, unit - 1, row) != 0 ? 1 : 0;
                    timePairs += keep && masks.Multiplier(0, t - 1, unit, row) != 0 ? 1 : 0;
                }
            }
        }

        double deviation = 5 * Math.Sqrt(0.25 / draws);
        Assert.InRange(kept / (double)draws, 1 - rate - deviation, 1 - rate + deviation);
        Assert.InRange(pairs / (double)draws, ((1 - rate) * (1 - rate)) - deviation, ((1 - rate) * (1 - rate)) + deviation);
        Assert.InRange(timePairs / (double)draws, ((1 - rate) * (1 - rate)) - deviation, ((1 - rate) * (1 - rate)) + deviation);
    }

    [Fact]
    public void BernoulliMasksMayKeepNothing()
    {
        MaskSite site = new("L", 0, 0, DropoutSites.Input, 2, DropoutPattern.Structured, MaskSampling.Bernoulli, 0, 0.9);
        MaskSet masks = new(1, [site], 60, 1);
        masks.Draw(new Lane(KernelSet.Reference), 0, 60, 1);
        Assert.Contains(Enumerable.Range(0, 60), t => masks.Kept(0, t).IsEmpty);
    }

    [Fact]
    public void WordsAreDroppedTogetherAtTheirRate()
    {
        int dropped = Enumerable.Range(0, 20_000).Count(token => MaskSampler.DropsWord(1, 0, 5, token, 0.3));
        Assert.InRange(dropped, 5700, 6300);
        Assert.NotEqual(
            Enumerable.Range(0, 200).Select(token => MaskSampler.DropsWord(1, 0, 5, token, 0.3)),
            Enumerable.Range(0, 200).Select(token => MaskSampler.DropsWord(1, 0, 6, token, 0.3)));
    }

    [Fact]
    public void MistakesAreNamed()
    {
        MaskSet masks = Draw(1, [Site(DropoutPattern.Random, MaskSampling.Bernoulli, 8)], 0, lanes: 1);
        Assert.Contains("'Layer'", Assert.Throws<InvalidOperationException>(() => masks.Kept(0, 0).Length).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => masks.Multiplier(1, 0, 0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => masks.Multiplier(0, Steps, 0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => masks.Multiplier(0, 0, 8, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => masks.Multiplier(0, 0, 0, Rows));
        Assert.Throws<ArgumentOutOfRangeException>(() => masks.Draw(new Lane(KernelSet.Reference), 0, Steps + 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Site(DropoutPattern.Random, MaskSampling.Bernoulli, 8, rate: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Site(DropoutPattern.Random, MaskSampling.Bernoulli, 8, rate: double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MaskSite("L", 0, 0, DropoutSites.Input, 8, DropoutPattern.Structured, MaskSampling.FixedCount, 0, 0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MaskSite("L", 0, 0, DropoutSites.Input, 8, DropoutPattern.Structured, MaskSampling.FixedCount, 9, 0.5));
    }

    [Fact]
    public void DrawingAllocatesNothing()
    {
        MaskSet masks = new(1, [Site(DropoutPattern.Random, MaskSampling.Bernoulli, 33), Site(DropoutPattern.Structured, MaskSampling.FixedCount, 300)], Steps, Rows);
        Lane lane = new(KernelSet.Reference);
        masks.Draw(lane, 0, Steps, Rows);
        long before = GC.GetAllocatedBytesForCurrentThread();
        masks.Draw(lane, 1, Steps, Rows);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static MaskSite Site(DropoutPattern pattern, MaskSampling sampling, int units, int layer = 1, double rate = 0.4)
        => new("Layer", layer, 0, DropoutSites.Input, units, pattern, sampling, Math.Max(1, (int)(units * 0.6)), rate);

    private static MaskSet Draw(long seed, MaskSite[] sites, long step, int lanes)
    {
        MaskSet masks = new(seed, sites, Steps, Rows);
        DelegateWork.Run(lanes, KernelSet.Reference, lane => masks.Draw(lane, step, Steps, Rows));
        return masks;
    }

    private static float[] Mask(MaskSet masks, MaskSite site, int t, int row)
        => Enumerable.Range(0, site.Units).Select(unit => masks.Multiplier(0, t, unit, row)).ToArray();

    private static float[] Values(MaskSet masks, int number, MaskSite site, int rows)
        => (from t in Enumerable.Range(0, Steps)
            from unit in Enumerable.Range(0, site.Units)
            from row in Enumerable.Range(0, rows)
            select masks.Multiplier(number, t, unit, row)).ToArray();
}
