using System;
using System.Linq;
using Xunit;

namespace SdCompiler.Runtime.Tests;

public sealed class CrfLossTests
{
    private static readonly int[] Lengths = [6, 6, 4, 3, 1, 1];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void LossAndMarginalsAreThoseOfAllPaths(bool constrained)
    {
        for (int tags = 1; tags <= 4; tags++)
        {
            for (int length = 1; length <= 5; length++)
            {
                CrfCase c = new(tags, [length], constrained, seed: (10 * tags) + length);
                c.Train(1);
                CrfReference reference = c.Reference(0);
                Assert.Equal(reference.LogZByEnumeration() - reference.Score(c.Targets(0)), c.W.Losses[0], 2e-6);
                AssertMarginals(c, 0, reference.MarginalsByEnumeration(), 1e-6);
                Assert.Equal(reference.LogZByEnumeration(), reference.LogZ(), 1e-9); // the other reference is no worse
            }
        }
    }

    [Theory]
    [InlineData(9)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(33)]
    [InlineData(64)]
    public void AnyNumberOfTags(int tags)
    {
        CrfCase c = new(tags, Lengths, constrained: true);
        c.Train(2);
        double sum = 0;
        for (int b = 0; b < Lengths.Length; b++)
        {
            CrfReference reference = c.Reference(b);
            double loss = reference.LogZ() - reference.Score(c.Targets(b));
            Assert.Equal(loss, c.W.Losses[b], 1e-5);
            AssertMarginals(c, b, reference.Marginals(), 2e-6);
            sum += loss;
        }

        Assert.Equal(sum, c.W.TotalLoss(), 1e-5);
        Assert.Equal(Lengths.Sum(), c.W.CountTargets());
        for (int t = 0; t < Lengths[0]; t++)
        {
            for (int b = 0; b < c.B; b++)
            {
                bool runs = b < c.W.RowsAt(t);
                Assert.True(t == 0 || c.W.Losses[(t * c.B) + b] == 0);
                Assert.Equal(runs ? new float[c.Columns - tags] : c.Emissions.AsSpan(c.At(t, b) + tags, c.Columns - tags), c.Now.Slice(c.At(t, b) + tags, c.Columns - tags));
                Assert.True(runs || c.Now.Slice(c.At(t, b), tags).SequenceEqual(c.Emissions.AsSpan(c.At(t, b), tags)));
            }
        }
    }

    [Theory]
    [InlineData(3, false)]
    [InlineData(5, true)]
    [InlineData(34, true)]
    public void GradientsAreCentralDifferences(int tags, bool constrained)
    {
        CrfCase c = new(tags, tags > 5 ? [3, 2, 1] : Lengths, constrained);
        c.Train(2);
        double[] emissions = c.Emissions.Select(x => (double)x).ToArray();
        double[] transitions = CrfCase.Values(c.Transitions), start = CrfCase.Values(c.Start), end = CrfCase.Values(c.End);
        double Loss() => Enumerable.Range(0, c.Lengths.Length)
            .Average(b =>
            {
                CrfReference row = c.Reference(b, emissions, transitions, start, end);
                return row.LogZ() - row.Score(c.Targets(b));
            });
        AssertDifferences(Loss, transitions, CrfCase.Values(c.DTransitions));
        AssertDifferences(Loss, start, CrfCase.Values(c.DStart));
        AssertDifferences(Loss, end, CrfCase.Values(c.DEnd));
        for (int t = 0; t < c.Lengths[0]; t++)
        {
            for (int b = 0; b < c.W.RowsAt(t); b++)
            {
                double[] copy = emissions;
                emissions = (double[])copy.Clone();
                AssertDifferences(Loss, emissions.AsMemory(c.At(t, b), Math.Min(tags, 5)), c.Now.Slice(c.At(t, b), Math.Min(tags, 5)).ToArray());
                emissions = copy;
            }
        }

        for (int i = 0; constrained && i < tags * tags; i++)
        {
            Assert.True(c.Constraints!.Allows(i / tags, i % tags) || CrfCase.Values(c.DTransitions)[i] == 0);
        }

        foreach (ParameterGradient gradient in c.Gradients)
        {
            Assert.Equal(CrfCase.Values(gradient).Sum(x => (double)x * x), gradient.SquaredNorm(), 1e-6);
        }
    }

    [Fact]
    public void ResultsAreTheSameBitsForAnyNumberOfLanes()
    {
        foreach (int tags in new[] { 9, 70 })
        {
            CrfCase one = new(tags, [9, 8, 8, 5, 2, 1, 1], constrained: true);
            one.Train(1);
            foreach (int lanes in new[] { 2, 3, 4 })
            {
                CrfCase more = new(tags, one.Lengths, constrained: true);
                more.Train(lanes);
                Assert.Equal(one.Now, more.Now);
                Assert.Equal(one.W.Losses, more.W.Losses);
                for (int i = 0; i < one.Gradients.Length; i++)
                {
                    Assert.Equal(one.Gradients[i].Storage.Span, more.Gradients[i].Storage.Span);
                    Assert.Equal(one.Gradients[i].SquaredNorm(), more.Gradients[i].SquaredNorm());
                }

                more.Restore();
                more.Evaluate(lanes);
                Assert.Equal(one.W.Losses, more.W.Losses);
            }
        }
    }

    [Fact]
    public void RowsOfAWindowAreWhatTheyAreAlone()
    {
        CrfCase all = new(11, Lengths, constrained: true);
        all.Train(2);
        double[] sum = new double[11 * 11];
        for (int b = 0; b < Lengths.Length; b++)
        {
            CrfCase alone = new(11, [Lengths[b]], constrained: true); // the same scores and constraints
            for (int t = 0; t < Lengths[b]; t++)
            {
                all.Emissions.AsSpan(all.At(t, b), all.Columns).CopyTo(alone.Emissions.AsSpan(alone.At(t, 0)));
                alone.W.TargetTokens[t * alone.B] = all.W.TargetTokens[(t * all.B) + b];
            }

            alone.Restore();
            alone.Train(1);
            Assert.Equal(alone.W.Losses[0], all.W.Losses[b]);
            for (int t = 0; t < Lengths[b]; t++)
            {
                for (int j = 0; j < 11; j++)
                {
                    Assert.Equal(alone.Now[alone.At(t, 0) + j], Lengths.Length * all.Now[all.At(t, b) + j], 1e-6f);
                }
            }

            sum = sum.Zip(CrfCase.Values(alone.DTransitions), (x, y) => x + (y / Lengths.Length)).ToArray();
        }

        Assert.All(sum.Zip(CrfCase.Values(all.DTransitions)), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
    }

    [Theory]
    [InlineData(9)]
    [InlineData(40)]
    public void LongRowsLoseNothing(int tags)
    {
        CrfCase c = new(tags, [4096, 4095], constrained: true);
        c.Train(2);
        for (int b = 0; b < 2; b++)
        {
            CrfReference reference = c.Reference(b);
            double loss = reference.LogZ() - reference.Score(c.Targets(b));
            Assert.InRange(c.W.Losses[b] / loss, 1 - 1e-7, 1 + 1e-7);
            AssertMarginals(c, b, reference.Marginals(), 5e-6);
        }

        foreach (ParameterGradient gradient in c.Gradients)
        {
            Assert.All(CrfCase.Values(gradient), x => Assert.True(float.IsFinite(x)));
        }

        Assert.Equal(0, CrfCase.Values(c.DTransitions).Sum(x => (double)x), 0.02); // of 4094 pairs
    }

    [Fact]
    public void APathThatIsForcedThroughSmallScoresCounts()
    {
        // 0 -> 1 -> 2 is the only path, and each of its emissions is far below the others: relative to those its exponential is 0.
        CrfCase c = new(3, [3])
        {
            Constraints = new CrfConstraints([false, true, false, false, false, true, false, false, false], [true, false, false], [false, false, true]),
        };
        for (int t = 0; t < 3; t++)
        {
            c.W.TargetTokens[t * c.B] = t;
            c.Emissions[c.At(t, 0) + t] = -400;
        }

        c.Restore();
        c.Train(1);
        Assert.Equal(0, c.W.Losses[0], 1e-4);
        Assert.All(c.Now.Slice(c.At(0, 0), 3).ToArray(), x => Assert.Equal(0, x, 1e-6f));
        Assert.Equal([0, 1, 2], c.Decode(1).Where(tag => tag >= 0));
    }

    [Fact]
    public void LargeScoresDoNotOverflow()
    {
        CrfCase c = new(9, Lengths);
        foreach (ref float x in c.Emissions.AsSpan())
        {
            x *= 1e30f;
        }

        c.Restore();
        c.Train(1);
        Assert.All(c.W.Losses[..6].ToArray(), x => Assert.True(double.IsFinite(x)));
        Assert.All(c.Now.ToArray().Where((_, i) => i / c.Columns % c.B < 1), x => Assert.InRange(x, -1, 1));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void EmissionsThatAreNotFiniteGiveALossThatIsNotFinite(float bad)
    {
        for (int at = 0; at < 3; at++)
        {
            CrfCase c = new(5, [3, 3]);
            c.Emissions[c.At(at, 0) + 2] = bad;
            c.Restore();
            c.Train(1);
            Assert.False(double.IsFinite(c.W.Losses[0]));
            Assert.True(double.IsFinite(c.W.Losses[1]));
            Assert.False(double.IsFinite(c.DTransitions.SquaredNorm())); // the step is skipped
            c.Restore();
            c.Evaluate(1);
            Assert.False(double.IsFinite(c.W.Losses[0]));
            Assert.All(c.Decode(1)[..2], tag => Assert.InRange(tag, 0, 4));
        }
    }

    [Fact]
    public void TargetsThatAreNoTagsAreRefused()
    {
        CrfCase c = new(5, [4, 3]);
        c.W.TargetTokens[(2 * c.B) + 1] = -1;
        string message = Assert.Throws<InvalidOperationException>(() => c.Rows(new Lane(KernelSet.Best))).Message;
        Assert.StartsWith("A sentence has the target -1 at step 2; the 5 tags are 0 to 4, and none of them may be ignored.", message, StringComparison.Ordinal);
        c.W.Training = false;
        Assert.Throws<InvalidOperationException>(() => c.Rows(new Lane(KernelSet.Best)));
        Assert.Throws<InvalidOperationException>(() => c.Evaluate(2));
    }

    [Theory]
    [InlineData(0, 2, "The constraints forbid the target 2 at step 0 to begin a sentence")]
    [InlineData(1, 2, "The constraints forbid the target 2 at step 1 after 1")]
    [InlineData(2, 0, "The constraints forbid the target 0 at step 2 to end a sentence")]
    public void AForbiddenTargetPathIsRefusedInTrainingAndInfiniteInEvaluation(int step, int target, string expected)
    {
        CrfCase c = new(3, [3])
        {
            Constraints = new CrfConstraints([true, true, true, true, true, false, true, true, true], [true, true, false], [false, true, true]),
        };
        for (int t = 0; t < 3; t++)
        {
            c.W.TargetTokens[t * c.B] = t == step ? target : 1;
        }

        Assert.StartsWith(expected, Assert.Throws<InvalidOperationException>(() => c.Rows(new Lane(KernelSet.Best))).Message, StringComparison.Ordinal);
        c.Evaluate(1);
        Assert.Equal(double.PositiveInfinity, c.W.Losses[0]);
    }

    [Fact]
    public void EverySetGivesTheSameLosses()
    {
        CrfCase reference = new(9, Lengths);
        reference.Evaluate(1, KernelSet.Reference);
        foreach (KernelSet set in KernelSet.Available)
        {
            CrfCase c = new(9, Lengths);
            c.Train(1, set);
            for (int b = 0; b < Lengths.Length; b++)
            {
                Assert.Equal(reference.W.Losses[b], c.W.Losses[b], 1e-6);
                AssertMarginals(c, b, c.Reference(b).Marginals(), 1e-6);
            }
        }
    }

    [Fact]
    public void NothingIsAllocatedAfterTheFirstCall()
    {
        CrfCase c = new(9, [40, 3]);
        Lane lane = new(KernelSet.Best);
        int[] tags = new int[40 * c.B];
        void Run()
        {
            c.Restore();
            c.W.Training = true;
            c.Rows(lane);
            c.Reduce(lane);
            c.Restore();
            c.W.Training = false;
            c.Rows(lane);
            CrfLoss.Decode(lane, c.W, c.Ws, c.Y, c.B, c.Transitions, c.Start, c.End, c.Constraints, tags);
        }

        c.W.SetShape([2, 1]); // a longer window later allocates nothing either
        Run();
        c.W.SetShape([40, 3]);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Run();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void APredictorHasNoTarget()
    {
        CrfCase c = new(3, [2]);
        Window w = new(2, c.B, [], WindowTarget.None);
        CrfLoss.Rows(new Lane(KernelSet.Best), w, c.Ws, c.Y, c.B, c.Transitions, c.Start, c.End, null, c.Scratch);
        Assert.Equal(c.Emissions, c.Now.ToArray());
    }

    private static void AssertMarginals(CrfCase c, int b, double[][] marginals, double tolerance)
    {
        for (int t = 0; t < marginals.Length; t++)
        {
            for (int j = 0; j < c.Tags; j++)
            {
                double expected = (marginals[t][j] - (c.W.TargetTokens[(t * c.B) + b] == j ? 1 : 0)) / c.W.Rows;
                Assert.Equal(expected, c.Now[c.At(t, b) + j], tolerance);
            }
        }
    }

    private static void AssertDifferences(Func<double> loss, Memory<double> at, float[] gradient)
    {
        const double Step = 1e-5;
        Assert.Equal(at.Length, gradient.Length);
        for (int i = 0; i < gradient.Length; i += gradient.Length > 200 ? 7 : 1)
        {
            double value = at.Span[i];
            at.Span[i] = value + Step;
            double above = loss();
            at.Span[i] = value - Step;
            double below = loss();
            at.Span[i] = value;
            Assert.Equal((above - below) / (2 * Step), gradient[i], 3e-6);
        }
    }
}
