using System;
using System.Linq;
using Xunit;

namespace SdCompiler.Runtime.Tests;

/// <summary>The kept units of a window, side by side and scaled, as the products of a masked input read them.</summary>
public sealed class PackedInputTests
{
    private const int T = 4;
    private const int B = 3;
    private const int Units = 37;

    [Theory]
    [InlineData(DropoutPattern.Structured, MaskSampling.FixedCount, 1)]
    [InlineData(DropoutPattern.Structured, MaskSampling.FixedCount, 3)]
    [InlineData(DropoutPattern.StructuredFixed, MaskSampling.FixedCount, 2)]
    [InlineData(DropoutPattern.Structured, MaskSampling.Bernoulli, 2)]
    public void EachKeptUnitOfARunningRowIsCopiedAndScaled(DropoutPattern pattern, MaskSampling sampling, int lanes)
    {
        MaskSite site = new("x", 0, 0, DropoutSites.Input, Units, pattern, sampling, sampling == MaskSampling.Bernoulli ? Units : 11, 0.7);
        Check(site, training: true, lanes);
    }

    [Fact]
    public void WithoutTrainingEveryUnitIsCopiedAsItIs()
    {
        MaskSite site = new("x", 0, 0, DropoutSites.Input, Units, DropoutPattern.Structured, MaskSampling.FixedCount, 11, 0);
        Check(site, training: false, lanes: 2);
    }

    private static void Check(MaskSite site, bool training, int lanes)
    {
        MaskSet masks = new(5, [site], T, B);
        masks.Draw(new Lane(KernelSet.Best), 2, T, B);
        Window window = new(T, B, [], WindowTarget.None) { Training = training, Masks = masks };
        window.SetShape([4, 3, 1]);
        Workspace workspace = new(2 * T * Units * B);
        Span<float> x = workspace.Span(0, T * Units * B), packed = workspace.Span(T * Units * B, T * Units * B);
        Random random = new(1);
        foreach (ref float value in x)
        {
            value = random.NextSingle();
        }

        packed.Fill(-1);
        using WorkerTeam team = new(lanes, KernelSet.Best);
        team.Run(new ActionWork(lane => PackedInput.Window(lane, window, workspace, 0, T * Units * B, Units, B, 0, 0, T)));
        for (int t = 0; t < T; t++)
        {
            KeptUnits kept = window.Kept(0, t, Units);
            for (int j = 0; j < Units; j++)
            {
                for (int b = 0; b < B; b++)
                {
                    bool written = j < kept.Count && b < window.RowsAt(t);
                    float expected = written ? x[(((t * Units) + kept.Span[j]) * B) + b] * kept.Scale : -1;
                    Assert.Equal(expected, packed[(((t * Units) + j) * B) + b]);
                }
            }
        }
    }
}
