using System;
using System.Linq;
using Xunit;

namespace SdCompiler.Runtime.Tests;

public sealed class CrfDecodeTests
{
    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)] // whole numbers: many paths are equal, and no sum is rounded
    [InlineData(true, true)]
    public void TheBestOfAllPathsIsFound(bool constrained, bool whole)
    {
        int[] lengths = [6, 5, 5, 3, 2, 1];
        for (int tags = 1; tags <= 4; tags++)
        {
            foreach (KernelSet set in KernelSet.Available)
            {
                CrfCase c = new(tags, lengths, constrained, seed: 3 + tags, whole);
                int[] decoded = c.Decode(1, set);
                Assert.Equal(decoded, c.Decode(3, set));
                c.Evaluate(2, set);
                Assert.Equal(c.Emissions, c.Now.ToArray()); // decoding and evaluation leave emissions alone
                int hits = 0;
                for (int b = 0; b < c.B; b++)
                {
                    int length = b < lengths.Length ? lengths[b] : 0;
                    int[] best = length > 0 ? c.Reference(b).BestByEnumeration() : [];
                    for (int t = 0; t < lengths[0]; t++)
                    {
                        int cell = (t * c.B) + b;
                        Assert.Equal(t < length ? best[t] : -2, decoded[cell]);
                        if (t < length)
                        {
                            Assert.Equal(best[t] == c.W.TargetTokens[cell], c.W.Hits[cell]);
                            hits += c.W.Hits[cell] ? 1 : 0;
                        }
                    }
                }

                Assert.Equal(hits, c.W.CountHits());
            }
        }
    }

    [Fact]
    public void AmongEqualsTheFirstTagWins()
    {
        CrfCase c = new(20, [5]);
        foreach (Parameter parameter in new Parameter[] { c.Transitions, c.Start, c.End })
        {
            parameter.ReadFrom(new float[parameter.Count]);
        }

        c.Emissions.AsSpan().Clear();
        c.Restore();
        Assert.All(c.Decode(1).Where((_, i) => i % c.B == 0), tag => Assert.Equal(0, tag));
    }

    [Theory]
    [InlineData(9)]
    [InlineData(64)]
    public void LongRowsKeepTheirBestPath(int tags)
    {
        CrfCase c = new(tags, [4096], constrained: true);
        int[] path = c.Decode(1).Where((_, i) => i % c.B == 0).ToArray();
        CrfReference reference = c.Reference(0);
        Assert.Equal(reference.BestScore(), reference.Score(path), 1e-3); // the second best of two paths that are equal but for rounding is as good
    }

    [Fact]
    public void ARowOutsideAWorkspaceHasTheSamePath()
    {
        CrfCase c = new(9, [7, 5, 1], constrained: true);
        int[] decoded = c.Decode(1);
        Lane lane = new(KernelSet.Best);
        for (int b = 0; b < c.Lengths.Length; b++)
        {
            float[] packed = Enumerable.Range(0, c.Lengths[b]).SelectMany(t => c.Emissions.AsSpan(c.At(t, b), 9).ToArray()).ToArray();
            int[] tags = new int[c.Lengths[b]];
            CrfLoss.DecodeRow(lane, packed, 9, c.Transitions, c.Start, c.End, c.Constraints, tags);
            Assert.Equal(tags.Select((_, t) => decoded[(t * c.B) + b]), tags);
        }

        Assert.Throws<ArgumentException>(() => CrfLoss.DecodeRow(lane, new float[17], 9, c.Transitions, c.Start, c.End, null, new int[2]));
        Assert.Throws<ArgumentException>(() => CrfLoss.DecodeRow(lane, new float[18], 9, c.Transitions, c.Start, c.End, null, []));
        Assert.Throws<ArgumentOutOfRangeException>(() => CrfLoss.DecodeRow(lane, new float[18], 8, c.Transitions, c.Start, c.End, null, new int[2]));
    }

    [Fact]
    public void ConstraintsBelongTogether()
    {
        CrfConstraints constraints = new([true, false, true, true], [true, false], [false, true]);
        Assert.Equal(2, constraints.Tags);
        Assert.Equal([true, false, true, true], [constraints.Allows(0, 0), constraints.Allows(0, 1), constraints.Allows(1, 0), constraints.Allows(1, 1)]);
        Assert.Equal([true, false, false, true], [constraints.AllowsStart(0), constraints.AllowsStart(1), constraints.AllowsEnd(0), constraints.AllowsEnd(1)]);
        Assert.Throws<ArgumentException>(() => new CrfConstraints([true, true, true], [true, true], [true, true]));
        Assert.Throws<ArgumentException>(() => new CrfConstraints([true, true, true, true], [true, true], [true]));
        Assert.Contains("begin", Assert.Throws<ArgumentException>(() => new CrfConstraints([true], [false], [true])).Message, StringComparison.Ordinal);
        Assert.Contains("end", Assert.Throws<ArgumentException>(() => new CrfConstraints([true], [true], [false])).Message, StringComparison.Ordinal);
    }
}
