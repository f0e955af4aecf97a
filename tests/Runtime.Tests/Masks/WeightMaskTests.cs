using System;
using System.Linq;
using Xunit;

namespace SdCompiler.Runtime.Tests;

/// <summary>Masks of single recurrent weights.</summary>
public sealed class WeightMaskTests
{
    private const long Step = 123456789012;

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(37)]
    public void EveryMaskCanBeRecomputedAlone(int units)
    {
        foreach (DropoutPattern pattern in Enum.GetValues<DropoutPattern>())
        {
            MaskSite site = Site(units, pattern);
            MaskSet masks = Draw(site, lanes: 3, rows: 2);
            Assert.Equal(pattern is DropoutPattern.Random or DropoutPattern.RandomFixed, site.DropsWeights);
            for (int t = 0; t < 3; t++)
            {
                for (int unit = 0; unit < units; unit++)
                {
                    for (int output = 0; output < 4 * units; output++)
                    {
                        Assert.Equal(MaskSampler.WeightMultiplier(11, site, Step, t, unit, output), masks.WeightMultiplier(0, t, unit, output));
                    }
                }
            }
        }
    }

    [Fact]
    public void LanesAndRowsDoNotMatter() => Assert.Equal(Values(Draw(Site(37, DropoutPattern.Random), 1, 1), 37), Values(Draw(Site(37, DropoutPattern.Random), 3, 2), 37));

    [Fact]
    public void StepsDirectionsAndSitesDiffer()
    {
        MaskSite site = Site(37, DropoutPattern.RandomFixed);
        float[] one = Values(Draw(site, 1, 1), 37);
        MaskSet next = new(11, [site], 3, 2);
        next.Draw(new Lane(KernelSet.Reference), Step + 1, 3, 2);
        Assert.NotEqual(one, Values(next, 37));
        Assert.NotEqual(one, Values(Draw(Site(37, DropoutPattern.RandomFixed, direction: 1), 1, 1), 37));

        // Units of a recurrent site of the other direction must not meet the same draws: the site has no bit in the key that a direction has.
        MaskSite rows = Site(64, DropoutPattern.Structured);
        MaskSite other = new("Memory", 3, 1, DropoutSites.Recurrent, 64, DropoutPattern.Structured, MaskSampling.FixedCount, 32, 0.5);
        int[] kept = new int[64], keptOther = new int[64];
        MaskSampler.Units(11, rows, Step, 0, kept);
        MaskSampler.Units(11, other, Step, 0, keptOther);
        Assert.NotEqual(kept, keptOther);
    }

    [Fact]
    public void WhatIsNoUnitMustBeAskedForAsAWeight()
    {
        MaskSet masks = Draw(Site(7, DropoutPattern.Random), 1, 1);
        Assert.Contains("ask WeightMultiplier", Assert.Throws<InvalidOperationException>(() => masks.Multiplier(0, 0, 0, 0)).Message, StringComparison.Ordinal);
        Assert.Contains("ask WeightMultiplier", Assert.Throws<ArgumentException>(() => MaskSampler.Multiplier(1, Site(7, DropoutPattern.Random), 0, 0, 0, 0)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => masks.WeightMultiplier(0, 0, 0, 28));
        MaskSet recurrent = Draw(new("Memory", 3, 0, DropoutSites.Recurrent, 7, DropoutPattern.Random, MaskSampling.Bernoulli, 7, 0.5), 1, 1);
        Assert.Contains("ask Multiplier", Assert.Throws<ArgumentException>(() => recurrent.WeightMultiplier(0, 0, 0, 0)).Message, StringComparison.Ordinal);
        Assert.Equal("Memory, weight: drops each of 7 x 28 with probability 0.3, once per window", Site(7, DropoutPattern.Random).ToString());
    }

    /// <summary>The dropped copy, its plain rows and the gradient, against one weight after the other; padding stays zero.</summary>
    [Theory]
    [InlineData(5, 1)]
    [InlineData(8, 2)]
    [InlineData(37, 3)]
    public unsafe void TheDroppedMatrixIsTheMatrixTimesTheMask(int units, int lanes)
    {
        MaskSite site = Site(units, DropoutPattern.RandomFixed);
        MaskSet masks = Draw(site, 1, 2);
        Window window = new(3, 2, [WindowInput.Series(1)], WindowTarget.Series(1)) { Masks = masks, Training = true };
        MatrixParameter weights = new("W", units, 4 * units, ColumnOrder.Gates);
        float[] values = [.. Enumerable.Range(0, units * 4 * units).Select(i => MathF.Sin(i + 1))];
        weights.ReadFrom(values);
        MatrixGradient gradient = new(weights);
        weights.Storage.Span.CopyTo(gradient.Storage.Span);
        DroppedMatrix dropped = new(weights);
        for (int i = 0; i < lanes; i++)
        {
            Lane lane = new(i, lanes, KernelSet.Best, null);
            dropped.Apply(lane, window, 0);
            dropped.MaskGradient(lane, window, gradient, 0);
        }

        float[] expected = [.. from output in Enumerable.Range(0, 4 * units)
                               from unit in Enumerable.Range(0, units)
                               select values[(output * units) + unit] * masks.WeightMultiplier(0, 0, unit, output)];
        float[] copy = new float[expected.Length];
        dropped.Of(window).WriteTo(copy);
        Assert.Equal(expected, copy);
        gradient.WriteTo(copy);
        Assert.Equal(expected, copy);
        Assert.Equal(expected.Sum(value => (double)value * value), gradient.SquaredNorm(), 1e-3);
        MatrixParameter used = dropped.Of(window);
        for (int panel = 0; panel < used.Panels; panel++)
        {
            for (int row = 0; row < units; row++)
            {
                for (int c = 0; c < KernelSet.PanelColumns; c++)
                {
                    Assert.Equal(used.Panel(panel)[(row * KernelSet.PanelColumns) + c], used.RowsPointer()[((long)row * used.PaddedColumns) + (panel * KernelSet.PanelColumns) + c]);
                }
            }
        }

        window.Training = false;
        Assert.Same(weights, dropped.Of(window));
    }

    private static MaskSite Site(int units, DropoutPattern pattern, int direction = 0) =>
        new("Memory", 3, direction, DropoutSites.Weight, units, pattern, MaskSampling.FixedCount, Math.Max(1, units / 2), 0.3);

    private static MaskSet Draw(MaskSite site, int lanes, int rows)
    {
        MaskSet masks = new(11, [site], 3, 2);
        for (int i = 0; i < lanes; i++)
        {
            masks.Draw(new Lane(i, lanes, KernelSet.Best, null), Step, 3, rows);
        }

        return masks;
    }

    private static float[] Values(MaskSet masks, int units) =>
        [.. from unit in Enumerable.Range(0, units) from output in Enumerable.Range(0, 4 * units) select masks.WeightMultiplier(0, 0, unit, output)];
}
