using System;
using System.Linq;
using Xunit;

namespace SdCompiler.Runtime.Tests;

public sealed class LossTests
{
    private const int T = DriverCase.T;
    private const int B = DriverCase.B;
    private const int Classes = 45;
    private const int Columns = 64;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void SoftmaxGivesLossesAndGradientsOrLogProbabilities(bool training)
    {
        float[]? first = null;
        for (int lanes = 1; lanes <= 3; lanes++)
        {
            DriverCase c = new(T * B * Columns, [], WindowTarget.Tokens(Classes, 5, perStep: true));
            c.W.Training = training;
            c.W.TargetTokens[1] = 5; // ignored
            float[] y = c.Floats.ToArray();
            c.Run(lanes, lane => SoftmaxLoss.Rows(lane, c.W, c.Ws, Columns * B, Classes, Columns, B, 1, T - 1)); // a chunk that begins at step 1
            c.Run(lanes, lane => SoftmaxLoss.Rows(lane, c.W, c.Ws, 0, Classes, Columns, B, 0, 1));
            for (int row = 0; row < T * B; row++)
            {
                int at = row * Columns;
                if (!c.Runs(row / B, row % B))
                {
                    Assert.Equal(y.AsSpan(at, Columns), c.Floats.Slice(at, Columns));
                    continue;
                }

                int target = c.W.TargetTokens[row];
                double logSum = Math.Log(y.Skip(at).Take(Classes).Sum(x => Math.Exp(x)));
                Assert.Equal(target == 5 ? 0 : logSum - y[at + target], c.W.Losses[row], 1e-6);
                for (int n = 0; n < Columns; n++)
                {
                    double expected = n >= Classes ? (training ? 0 : y[at + n])
                        : !training ? y[at + n] - logSum
                        : target == 5 ? 0
                        : (Math.Exp(y[at + n] - logSum) - (n == target ? 1 : 0)) / c.W.Rows;
                    Assert.Equal(expected, c.Floats[at + n], 1e-6);
                }
            }

            first ??= c.Floats.ToArray();
            Assert.Equal(first, c.Floats.ToArray());
        }
    }

    [Fact]
    public void LargeLogitsDoNotOverflow()
    {
        DriverCase c = new(T * B * Columns, [], WindowTarget.Tokens(Classes, -1, perStep: true));
        c.Floats[..Classes].Fill(-1e30f);
        c.Floats[3] = 3e38f;
        c.W.TargetTokens[0] = 3;
        c.Run(1, lane => SoftmaxLoss.Rows(lane, c.W, c.Ws, 0, Classes, Columns, B, 0, 1));
        Assert.Equal(0, c.W.Losses[0]);
        Assert.All(c.Floats[..Classes].ToArray(), x => Assert.Equal(0, x, 1e-6f));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)] // a logit one unit in the last place above, but after rounding the same log-probability
    public void AmongEqualsOnlyTheFirstClassIsAHit(bool secondIsLarger)
    {
        DriverCase c = new(T * B * Columns, [], WindowTarget.Tokens(Classes, -1, perStep: true));
        c.W.Training = false;
        for (int row = 0; row < B; row++)
        {
            Span<float> y = c.Floats.Slice(row * Columns, Classes);
            y.Fill(-2);
            y[7] = 0.1f;
            y[40] = secondIsLarger ? MathF.BitIncrement(y[7]) : y[7];
            c.W.TargetTokens[row] = row == 0 ? 7 : row == 1 ? 40 : 3;
        }

        c.Run(1, lane => SoftmaxLoss.Rows(lane, c.W, c.Ws, 0, Classes, Columns, B, 0, 1));
        Assert.Equal(c.Floats[7], c.Floats[40]);
        Assert.Equal([true, false, false], c.W.Hits[..3].ToArray());
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void LogitsThatAreNotFiniteGiveALossThatIsNotFinite(float bad)
    {
        for (int at = 0; at < Classes; at++)
        {
            DriverCase c = new(T * B * Columns, [], WindowTarget.Tokens(Classes, -1, perStep: true));
            c.Floats[at] = bad;
            c.Run(1, lane => SoftmaxLoss.Rows(lane, c.W, c.Ws, 0, Classes, Columns, B, 0, 1));
            Assert.False(double.IsFinite(c.W.Losses[0]));
            Assert.True(double.IsFinite(c.W.Losses[1]));
        }
    }

    [Fact]
    public void OneTargetForEachRowStandsAtStepZero()
    {
        DriverCase c = new(B * Columns, [], WindowTarget.Tokens(Classes, -1, perStep: false));
        for (int b = 0; b < B; b++)
        {
            c.W.TargetTokens[b] = b;
        }

        float[] y = c.Floats.ToArray();
        c.Run(2, lane => SoftmaxLoss.Rows(lane, c.W, c.Ws, 0, Classes, Columns, B, 0, 1));
        double expected = Enumerable.Range(0, c.W.Rows)
            .Sum(b => Math.Log(y.Skip(b * Columns).Take(Classes).Sum(x => Math.Exp(x))) - y[(b * Columns) + b]);
        Assert.Equal(expected, c.W.TotalLoss(), 1e-5);
        Assert.Equal(c.W.Rows, c.W.CountTargets());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void RegressionGivesTheMeanSquareAndItsGradient(bool training)
    {
        const int Outputs = 3;
        float[]? first = null;
        for (int lanes = 1; lanes <= 3; lanes++)
        {
            DriverCase c = new(T * B * 32, [], WindowTarget.Series(Outputs));
            c.W.Training = training;
            float[] y = c.Floats.ToArray();
            c.Run(lanes, lane => RegressionLoss.Rows(lane, c.W, c.Ws, 0, Outputs, 32, B, 0, T));
            for (int row = 0; row < T * B; row++)
            {
                bool runs = c.Runs(row / B, row % B);
                double sum = 0;
                for (int n = 0; n < 32; n++)
                {
                    double error = n < Outputs ? y[(row * 32) + n] - (double)c.W.TargetSeries[(row * Outputs) + n] : 0;
                    sum += error * error;
                    Assert.Equal(runs && training ? 2 * error / (Outputs * c.W.Rows) : y[(row * 32) + n], c.Floats[(row * 32) + n], 1e-6);
                }

                Assert.Equal(runs ? sum / Outputs : 0, c.W.Losses[row], 1e-6);
            }

            first ??= c.Floats.ToArray();
            Assert.Equal(first, c.Floats.ToArray());
        }
    }

    [Fact]
    public void APredictorHasNoTarget()
    {
        DriverCase c = new(T * B * Columns, [], WindowTarget.None);
        c.W.Training = false;
        c.Run(1, lane => SoftmaxLoss.Rows(lane, c.W, c.Ws, 0, Classes, Columns, B, 0, 1));
        Assert.Equal(1, c.Floats[..Classes].ToArray().Sum(x => Math.Exp(x)), 1e-5);
        float[] before = c.Floats.ToArray();
        c.Run(1, lane => RegressionLoss.Rows(lane, c.W, c.Ws, 0, Classes, Columns, B, 0, 1));
        Assert.Equal(before, c.Floats.ToArray());
    }
}
