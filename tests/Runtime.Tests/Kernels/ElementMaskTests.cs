using System;
using Xunit;

namespace SdCompiler.Runtime.Tests;

public sealed class ElementMaskTests
{
    private const int T = DriverCase.T;
    private const int B = DriverCase.B;
    private const int Units = 21;
    private const int Size = T * Units * B;

    public static TheoryData<DropoutPattern, MaskSampling, int, bool> Cases()
    {
        TheoryData<DropoutPattern, MaskSampling, int, bool> cases = [];
        foreach (DropoutPattern pattern in Enum.GetValues<DropoutPattern>())
        {
            for (int lanes = 1; lanes <= 3; lanes++)
            {
                cases.Add(pattern, MaskSampling.FixedCount, lanes, false);
                cases.Add(pattern, MaskSampling.Bernoulli, lanes, true);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void WindowsAreMultipliedByTheMask(DropoutPattern pattern, MaskSampling sampling, int lanes, bool accumulate)
    {
        DriverCase c = Make(pattern, sampling);
        float[] before = c.Floats.ToArray();
        c.Run(lanes, lane =>
        {
            if (accumulate)
            {
                ElementMask.BackwardWindow(lane, c.W, c.Ws, 0, Size, Units, B, 1, true, 1, T - 2);
            }
            else
            {
                ElementMask.ApplyWindow(lane, c.W, c.Ws, 0, Size, Units, B, 1, 1, T - 2);
            }
        });
        for (int t = 0; t < T; t++)
        {
            Check(c, before, t, Size, accumulate, touched: t >= 1 && t < T - 1);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void StepsAreMultipliedByTheMask(DropoutPattern pattern, MaskSampling sampling, int lanes, bool accumulate)
    {
        DriverCase c = Make(pattern, sampling);
        float[] before = c.Floats.ToArray();
        int at = 2 * Units * B;
        c.Run(lanes, lane =>
        {
            if (accumulate)
            {
                ElementMask.BackwardStep(lane, c.W, 2, c.Ws, at, Size + at, Units, B, 1, true);
            }
            else
            {
                ElementMask.ApplyStep(lane, c.W, 2, c.Ws, at, Size + at, Units, B, 1);
            }
        });
        for (int t = 0; t < T; t++)
        {
            Check(c, before, t, Size, accumulate, touched: t == 2);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void InPlaceIsAllowed(DropoutPattern pattern, MaskSampling sampling, int lanes, bool accumulate)
    {
        _ = accumulate;
        DriverCase c = Make(pattern, sampling);
        float[] before = c.Floats.ToArray();
        c.Run(lanes, lane => ElementMask.ApplyWindow(lane, c.W, c.Ws, 0, 0, Units, B, 1, 0, T));
        for (int t = 0; t < T; t++)
        {
            Check(c, before, t, 0, accumulate: false, touched: true);
        }
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void WithoutDropoutItCopies(int site, bool training)
    {
        DriverCase c = Make(DropoutPattern.Random, MaskSampling.Bernoulli);
        c.W.Training = training;
        float[] before = c.Floats.ToArray();
        c.Run(2, lane => ElementMask.ApplyWindow(lane, c.W, c.Ws, 0, Size, Units, B, site, 0, T));
        for (int i = 0; i < Size; i++)
        {
            bool runs = c.Runs(i / (Units * B), i % B);
            Assert.Equal(runs ? before[i] : before[Size + i], c.Floats[Size + i]);
        }
    }

    private static DriverCase Make(DropoutPattern pattern, MaskSampling sampling) => new(
        2 * Size,
        [],
        WindowTarget.None,
        MaskSite.None("Dense", DropoutSites.Input, Units),
        new MaskSite("L", 1, 0, DropoutSites.Input, Units, pattern, sampling, 9, 0.5));

    private static void Check(DriverCase c, float[] before, int t, int to, bool accumulate, bool touched)
    {
        for (int k = 0; k < Units; k++)
        {
            for (int b = 0; b < B; b++)
            {
                int i = (((t * Units) + k) * B) + b;
                float old = before[to + i];
                float expected = !touched || !c.Runs(t, b) ? old
                    : accumulate ? MathF.FusedMultiplyAdd(before[i], c.W.Masks.Multiplier(1, t, k, b), old)
                    : before[i] * c.W.Masks.Multiplier(1, t, k, b);
                Assert.Equal(expected, c.Floats[to + i]);
            }
        }
    }
}
