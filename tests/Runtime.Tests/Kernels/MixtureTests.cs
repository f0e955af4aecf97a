using System;
using System.Linq;
using Xunit;

namespace SdCompiler.Runtime.Tests;

/// <summary>The loss of a mixture of softmaxes, and its contexts, against plain formulas in double precision.</summary>
public sealed class MixtureTests
{
    private const int T = DriverCase.T;
    private const int B = DriverCase.B;
    private const int Experts = 3;
    private const int Classes = 45;
    private const int Columns = 64;
    private const int Scores = T * B * Experts * Columns;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void LossesAndGradientsOrLogProbabilities(bool training)
    {
        float[]? first = null;
        for (int lanes = 1; lanes <= 3; lanes++)
        {
            DriverCase c = Case(training);
            c.W.TargetTokens[1] = 5; // ignored
            float[] y = c.Floats.ToArray();
            const int Step = B * Experts * Columns;
            c.Run(lanes, lane => MixtureLoss.Rows(lane, c.W, c.Ws, Step, Scores, Experts, Classes, Columns, B, 1, T - 1)); // a chunk that begins at step 1
            c.Run(lanes, lane => MixtureLoss.Rows(lane, c.W, c.Ws, 0, Scores, Experts, Classes, Columns, B, 0, 1));
            for (int cell = 0; cell < T * B; cell++)
            {
                int at = cell * Experts * Columns;
                if (!c.Runs(cell / B, cell % B))
                {
                    Assert.Equal(y.AsSpan(at, Experts * Columns), c.Floats.Slice(at, Experts * Columns));
                    continue;
                }

                int target = c.W.TargetTokens[cell];
                double[] pi = Softmax(y.AsSpan(Scores + (cell * 32), Experts));
                double[][] q = Enumerable.Range(0, Experts).Select(k => Softmax(y.AsSpan(at + (k * Columns), Classes))).ToArray();
                double[] p = Enumerable.Range(0, Classes).Select(n => Enumerable.Range(0, Experts).Sum(k => pi[k] * q[k][n])).ToArray();
                Assert.Equal(target == 5 ? 0 : -Math.Log(p[target]), c.W.Losses[cell], 1e-6);
                if (!training)
                {
                    Enumerable.Range(0, Classes).ToList().ForEach(n => Assert.Equal(Math.Log(p[n]), c.Floats[at + n], 2e-6));
                    Assert.Equal(target != 5 && p[target] == p.Max(), c.W.Hits[cell]);
                    continue;
                }

                for (int k = 0; k < Experts; k++)
                {
                    double share = target == 5 ? 0 : pi[k] * q[k][target] / p[target];
                    Assert.Equal(target == 5 ? 0 : (pi[k] - share) / c.W.Rows, c.Floats[Scores + (cell * 32) + k], 1e-6);
                    for (int n = 0; n < Columns; n++)
                    {
                        Assert.Equal(n >= Classes ? 0 : share * (q[k][n] - (n == target ? 1 : 0)) / c.W.Rows, c.Floats[at + (k * Columns) + n], 1e-6);
                    }
                }
            }

            first ??= c.Floats.ToArray();
            Assert.Equal(first, c.Floats.ToArray());
        }
    }

    /// <summary>Every expert gives the target a probability that no float, and no double, can hold.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void AProbabilityThatUnderflowsHasALossAndAGradient(bool training)
    {
        DriverCase c = Case(training);
        c.Floats[..(Experts * Columns)].Clear();
        c.Floats.Slice(Scores, Experts).Clear();
        c.W.TargetTokens[0] = 7;
        (c.Floats[7], c.Floats[Columns + 7], c.Floats[(2 * Columns) + 7]) = (-1000, -1001, float.NegativeInfinity);
        c.Run(1, lane => MixtureLoss.Rows(lane, c.W, c.Ws, 0, Scores, Experts, Classes, Columns, B, 0, 1));
        double expected = 1000 + Math.Log(Classes - 1) + Math.Log(3) - Math.Log(1 + Math.Exp(-1));
        Assert.Equal(expected, c.W.Losses[0], 1e-3);
        if (!training)
        {
            Assert.Equal(-expected, c.Floats[7], 1e-3);
            return;
        }

        double share = 1 / (1 + Math.Exp(-1)) / c.W.Rows;
        Assert.Equal(-share, c.Floats[7], 1e-6);
        Assert.Equal(-((1.0 / c.W.Rows) - share), c.Floats[Columns + 7], 1e-6);
        Assert.Equal(0, c.Floats[(2 * Columns) + 7]);
        Assert.Equal((1 / 3.0 / c.W.Rows) - share, c.Floats[Scores], 1e-6);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void ALogitThatIsNotFiniteShows(float logit)
    {
        DriverCase c = Case(training: true);
        c.Floats[Columns + 3] = logit;
        c.W.TargetTokens[0] = 7;
        c.Run(1, lane => MixtureLoss.Rows(lane, c.W, c.Ws, 0, Scores, Experts, Classes, Columns, B, 0, 1));
        Assert.False(double.IsFinite(c.W.Losses[0]));
    }

    [Fact]
    public void ContextsAreThereAndBackAgain()
    {
        const int Width = 11, C = T * B * Columns, Contexts = T * Width * B * Experts; // 33 of 64 columns
        float[]? first = null;
        for (int lanes = 1; lanes <= 3; lanes++)
        {
            DriverCase c = new(C + (2 * Contexts), [], WindowTarget.None);
            float[] y = c.Floats.ToArray();
            c.Run(lanes, lane => MixtureContexts.Forward(lane, c.W, c.Ws, 0, C, Experts, Width, Columns, B));
            c.Run(lanes, lane => MixtureContexts.Backward(lane, c.W, c.Ws, C + Contexts, 0, Experts, Width, Columns, B));
            for (int cell = 0; cell < T * B; cell++)
            {
                (int t, int b) = (cell / B, cell % B);
                for (int i = 0; i < Columns; i++)
                {
                    int at = (cell * Columns) + i;
                    int place = C + (((t * Width) + (i % Width)) * B * Experts) + (b * Experts) + (i / Width);
                    double tanh = Math.Tanh(y[at]);
                    bool isContext = c.Runs(t, b) && i < Experts * Width;
                    Assert.Equal(isContext ? y[place + Contexts] * (1 - (tanh * tanh)) : c.Runs(t, b) ? 0 : y[at], c.Floats[at], 1e-6);
                    if (i < Experts * Width)
                    {
                        Assert.Equal(isContext ? tanh : y[place], c.Floats[place], 1e-6);
                    }
                }
            }

            first ??= c.Floats.ToArray();
            Assert.Equal(first, c.Floats.ToArray());
        }
    }

    private static DriverCase Case(bool training)
    {
        DriverCase c = new(Scores + (T * B * 32), [], WindowTarget.Tokens(Classes, 5, perStep: true));
        c.W.Training = training;
        return c;
    }

    private static double[] Softmax(Span<float> y)
    {
        double[] terms = y.ToArray().Select(value => Math.Exp(value)).ToArray();
        double sum = terms.Sum();
        return terms.Select(term => term / sum).ToArray();
    }
}
