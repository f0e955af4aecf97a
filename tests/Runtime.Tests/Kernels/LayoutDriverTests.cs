using System;
using Xunit;

namespace SdCompiler.Runtime.Tests;

/// <summary>The drivers that move numbers from one layout to another, on 1 to 3 lanes, with rows of different lengths.</summary>
public sealed class LayoutDriverTests
{
    private const int T = DriverCase.T;
    private const int B = DriverCase.B;
    private const int Units = 9;
    private const int Columns = 32;
    private const int Size = T * Units * B;

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void SeriesBecomeUnits(int lanes)
    {
        DriverCase c = new(Size, [WindowInput.Tokens(2), WindowInput.Series(Units)], WindowTarget.None);
        float[] before = c.Floats.ToArray();
        c.Run(lanes, lane => SeriesInput.Load(lane, c.W, 1, c.Ws, 0, Units, B));
        ForAll(Units, (t, k, b, i) => Assert.Equal(c.Runs(t, b) ? c.W.Series(1)[(((t * B) + b) * Units) + k] : before[i], c.Floats[i]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void TheLastStateOfEachRowIsGatheredAndScattered(int lanes)
    {
        DriverCase c = new(Size + (Units * B) + (2 * Size), [], WindowTarget.None);
        int x = Size, dh = Size + (Units * B), sum = dh + Size;
        float[] before = c.Floats.ToArray();
        c.Run(lanes, lane =>
        {
            LastState.Gather(lane, c.W, c.Ws, 0, x, Units, B);
            lane.Barrier();
            LastState.Scatter(lane, c.W, c.Ws, x, dh, Units, B, accumulate: false);
            LastState.Scatter(lane, c.W, c.Ws, x, sum, Units, B, accumulate: true);
        });
        ForAll(Units, (t, k, b, i) =>
        {
            bool last = b < c.W.Rows && t == c.W.Length(b) - 1;
            if (last)
            {
                Assert.Equal(before[i], c.Floats[x + (k * B) + b]);
            }

            Assert.Equal(!c.Runs(t, b) ? before[dh + i] : last ? before[i] : 0, c.Floats[dh + i]);
            Assert.Equal(last ? before[sum + i] + before[i] : before[sum + i], c.Floats[sum + i]);
        });
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void TheEndOfEachDirectionIsGatheredAndScattered(int lanes)
    {
        const int Forward = 4;
        DriverCase c = new(Size + (Units * B) + (2 * Size), [], WindowTarget.None);
        int x = Size, dh = Size + (Units * B), sum = dh + Size;
        float[] before = c.Floats.ToArray();
        c.Run(lanes, lane =>
        {
            LastState.GatherEnds(lane, c.W, c.Ws, 0, x, Units, Forward, B);
            lane.Barrier();
            LastState.ScatterEnds(lane, c.W, c.Ws, x, dh, Units, Forward, B, accumulate: false);
            LastState.ScatterEnds(lane, c.W, c.Ws, x, sum, Units, Forward, B, accumulate: true);
        });
        ForAll(Units, (t, k, b, i) =>
        {
            bool end = b < c.W.Rows && t == (k < Forward ? c.W.Length(b) - 1 : 0);
            if (end)
            {
                Assert.Equal(before[i], c.Floats[x + (k * B) + b]);
            }

            Assert.Equal(!c.Runs(t, b) ? before[dh + i] : end ? before[i] : 0, c.Floats[dh + i]);
            Assert.Equal(end ? before[sum + i] + before[i] : before[sum + i], c.Floats[sum + i]);
        });
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    [InlineData(3, true)]
    public void UnitsAreConcatenatedAndTakenApart(int lanes, bool accumulate)
    {
        const int Wide = Units + 4;
        const int At = 3;
        DriverCase c = new(Size + (T * Wide * B), [], WindowTarget.None);
        float[] before = c.Floats.ToArray();
        c.Run(lanes, lane => ConcatUnits.Forward(lane, c.W, c.Ws, 0, Units, Size, Wide, At, B));
        ForAll(Wide, (t, k, b, i) =>
        {
            bool mine = k >= At && k < At + Units;
            if (c.Runs(t, b) || !mine)
            {
                Assert.Equal(mine ? before[(((t * Units) + k - At) * B) + b] : before[Size + i], c.Floats[Size + i]);
            }
        });

        before.AsSpan(Size).CopyTo(c.Floats[Size..]);
        c.Run(lanes, lane => ConcatUnits.Backward(lane, c.W, c.Ws, Size, Wide, At, 0, Units, B, accumulate));
        ForAll(Units, (t, k, b, i) =>
        {
            float given = before[Size + (((t * Wide) + At + k) * B) + b];
            Assert.Equal(!c.Runs(t, b) ? before[i] : accumulate ? before[i] + given : given, c.Floats[i]);
        });
    }

    [Theory]
    [InlineData(Activation.None, 1)]
    [InlineData(Activation.Tanh, 2)]
    [InlineData(Activation.Sigmoid, 3)]
    [InlineData(Activation.Relu, 2)]
    public void ActivationsChangeTheLayoutAndBack(Activation activation, int lanes)
    {
        const int Rows = T * B * Columns;
        DriverCase c = new((2 * Rows) + Size, [], WindowTarget.None);
        int dy = Rows, x = 2 * Rows;
        float[] before = c.Floats.ToArray();
        c.Run(lanes, lane => DenseActivation.ForwardWindow(lane, c.W, activation, c.Ws, 0, x, Units, Columns, B));
        ForAll(Units, (t, k, b, i) =>
        {
            int at = (((t * B) + b) * Columns) + k;
            Assert.Equal(c.Runs(t, b) ? Value(activation, before[at]) : before[at], c.Floats[at], 1e-6);
            Assert.Equal(c.Runs(t, b) ? c.Floats[at] : before[x + i], c.Floats[x + i]);
        });

        c.Run(lanes, lane => DenseActivation.BackwardWindow(lane, c.W, activation, c.Ws, x, 0, dy, Units, Columns, B));
        for (int at = 0; at < Rows; at++)
        {
            (int t, int b, int k) = (at / (B * Columns), at / Columns % B, at % Columns);
            double expected = k >= Units ? 0 : c.Floats[x + (((t * Units) + k) * B) + b] * Slope(activation, before[at]);
            Assert.Equal(c.Runs(t, b) ? expected : before[dy + at], c.Floats[dy + at], 1e-6);
        }
    }

    private static double Value(Activation activation, double a) => activation switch
    {
        Activation.Tanh => Math.Tanh(a),
        Activation.Sigmoid => 1 / (1 + Math.Exp(-a)),
        Activation.Relu => Math.Max(a, 0),
        _ => a,
    };

    private static double Slope(Activation activation, double a)
        => activation == Activation.Relu ? (a > 0 ? 1 : 0) : (Value(activation, a + 1e-6) - Value(activation, a - 1e-6)) / 2e-6;

    private static void ForAll(int units, Action<int, int, int, int> check)
    {
        for (int t = 0; t < T; t++)
        {
            for (int k = 0; k < units; k++)
            {
                for (int b = 0; b < B; b++)
                {
                    check(t, k, b, (((t * units) + k) * B) + b);
                }
            }
        }
    }
}
