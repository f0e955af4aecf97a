using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace SdCompiler.Runtime.Tests;

public sealed class EmbeddingLookupTests
{
    private const int T = DriverCase.T;
    private const int B = DriverCase.B;
    private const int Width = 37; // two whole blocks of columns and a rest
    private const int Vocabulary = 50;

    [Theory]
    [InlineData(0, 1, true)]
    [InlineData(0.4, 1, true)]
    [InlineData(0.4, 3, true)]
    [InlineData(0.4, 2, false)]
    public void VectorsAreSpreadToUnits(double wordDropout, int lanes, bool training)
    {
        DriverCase c = Make(training);
        TableParameter table = Table(out float[] values);
        MatrixParameter tied = new("softmax", Width, Vocabulary, ColumnOrder.Plain);
        tied.ReadFrom(values);
        float[] before = c.Floats.ToArray();
        c.Run(lanes, lane =>
        {
            EmbeddingLookup.Gather(lane, c.W, 0, table, c.Ws, 0, B, 2, wordDropout);
            EmbeddingLookup.GatherTied(lane, c.W, 0, tied, c.Ws, T * Width * B, B, 2, wordDropout);
        });
        for (int i = 0; i < T * Width * B; i++)
        {
            (int t, int k, int b) = (i / (Width * B), i / B % Width, i % B);
            float expected = c.Runs(t, b) ? values[(c.W.Tokens(0)[(t * B) + b] * Width) + k] * Factor(c, t, b, wordDropout) : before[i];
            Assert.Equal(expected, c.Floats[i]);
            Assert.Equal(c.Runs(t, b) ? expected : before[(T * Width * B) + i], c.Floats[(T * Width * B) + i]);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.4)]
    public void GradientsOfEqualTokensAreAdded(double wordDropout)
    {
        DriverCase c = Make(training: true);
        double[] expected = Exact(c, wordDropout);
        float[]? first = null;
        for (int lanes = 1; lanes <= 3; lanes++)
        {
            TableGradient gradient = new(Table(out _), T * B);
            gradient.Storage.Span.Fill(99); // what an earlier window left
            c.Run(lanes, lane => EmbeddingLookup.Scatter(lane, c.W, 0, gradient, c.Ws, 0, B, 2, wordDropout));
            float[] actual = new float[Vocabulary * Width];
            gradient.WriteTo(actual);
            Assert.All(actual.Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-5));
            Assert.Equal(actual.Sum(x => (double)x * x), gradient.SquaredNorm(), 1e-6);
            Assert.Equal(FirstOccurrences(c, wordDropout), gradient.Tokens.ToArray());
            first ??= actual;
            Assert.Equal(first, actual); // the same bits for any number of lanes
        }
    }

    [Fact]
    public void TheNextWindowStartsAfresh()
    {
        DriverCase c = Make(training: true);
        TableGradient gradient = new(Table(out _), T * B);
        c.Run(2, lane => EmbeddingLookup.Scatter(lane, c.W, 0, gradient, c.Ws, 0, B, 2, 0));
        c.W.Tokens(0).Fill(7);
        c.W.SetShape(2, 1);
        c.Run(2, lane => EmbeddingLookup.Scatter(lane, c.W, 0, gradient, c.Ws, 0, B, 2, 0));
        Assert.Equal([7], gradient.Tokens.ToArray());
        float[] values = new float[Vocabulary * Width];
        gradient.WriteTo(values);
        Assert.Equal(c.Floats[0] + c.Floats[Width * B], values[7 * Width], 1e-6f);
        Assert.All(values.Take(7 * Width).Concat(values.Skip(8 * Width)), x => Assert.Equal(0, x));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.4)]
    public void TiedGradientsJoinThoseOfTheSoftmax(double wordDropout)
    {
        DriverCase c = Make(training: true);
        double[] expected = Exact(c, wordDropout);
        float[]? first = null;
        for (int lanes = 1; lanes <= 3; lanes++)
        {
            MatrixParameter softmax = new("softmax", Width, Vocabulary, ColumnOrder.Plain);
            softmax.ReadFrom(Enumerable.Range(0, Width * Vocabulary).Select(i => (i % 13) * 0.1f).ToArray());
            MatrixGradient gradient = new(softmax);
            softmax.Storage.Span.CopyTo(gradient.Storage.Span);
            c.Run(lanes, lane => EmbeddingLookup.ScatterTied(lane, c.W, 0, gradient, c.Ws, 0, B, 2, wordDropout));
            float[] actual = new float[Vocabulary * Width];
            gradient.WriteTo(actual);
            for (int i = 0; i < actual.Length; i++)
            {
                Assert.Equal(expected[i] + ((i % 13) * 0.1f), actual[i], 1e-5);
            }

            Assert.Equal(actual.Sum(x => (double)x * x), gradient.SquaredNorm(), 1e-4); // both panels hold tokens of the window
            first ??= actual;
            Assert.Equal(first, actual);
        }
    }

    private static DriverCase Make(bool training)
    {
        DriverCase c = new(2 * T * Width * B, [WindowInput.Tokens(Vocabulary)], WindowTarget.None);
        c.W.Tokens(0)[1] = c.W.Tokens(0)[0];
        c.W.Tokens(0)[B] = c.W.Tokens(0)[0];
        c.W.Training = training;
        return c;
    }

    private static TableParameter Table(out float[] values)
    {
        TableParameter table = new("words", Vocabulary, Width);
        values = Enumerable.Range(0, Vocabulary * Width).Select(i => i * 0.01f).ToArray();
        table.ReadFrom(values);
        return table;
    }

    private static float Factor(DriverCase c, int t, int b, double wordDropout)
        => !c.W.Training || wordDropout == 0 ? 1
            : MaskSampler.DropsWord(17, 2, 3, c.W.Tokens(0)[(t * B) + b], wordDropout) ? 0
            : (float)(1 / (1 - wordDropout));

    private static int[] FirstOccurrences(DriverCase c, double wordDropout)
    {
        List<int> tokens = [];
        for (int i = 0; i < T * B; i++)
        {
            if (c.Runs(i / B, i % B) && Factor(c, i / B, i % B, wordDropout) != 0 && !tokens.Contains(c.W.Tokens(0)[i]))
            {
                tokens.Add(c.W.Tokens(0)[i]);
            }
        }

        return [.. tokens];
    }

    private static double[] Exact(DriverCase c, double wordDropout)
    {
        double[] sum = new double[Vocabulary * Width];
        for (int i = 0; i < T * Width * B; i++)
        {
            (int t, int k, int b) = (i / (Width * B), i / B % Width, i % B);
            sum[(c.W.Tokens(0)[(t * B) + b] * Width) + k] += c.Runs(t, b) ? (double)c.Floats[i] * Factor(c, t, b, wordDropout) : 0;
        }

        return sum;
    }
}
