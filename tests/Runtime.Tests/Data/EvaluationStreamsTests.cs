using System;
using System.Linq;
using Xunit;

namespace SdCompiler.Runtime.Tests.Data;

public sealed class EvaluationStreamsTests
{
    [Theory]
    [InlineData(1000, 20, 10)]
    [InlineData(1003, 7, 10)]
    [InlineData(11, 20, 5)]
    [InlineData(1, 20, 100)]
    [InlineData(30, 3, 0)]
    [InlineData(9999, 1, 100)]
    public void EveryTokenIsScoredOnceAfterItsOwnPast(int count, int rows, int warmUp)
    {
        int[] tokens = Enumerable.Range(1, count).ToArray();
        EvaluationStreams streams = new(tokens, 0, rows, warmUp);
        Assert.InRange(streams.Rows, 1, rows);
        Assert.Equal(count, streams.TokenCount);
        int[] scored = new int[count + 1];
        for (int row = 0; row < streams.Rows; row++)
        {
            int past = 0;
            for (int t = 0; t < streams.Steps; t++)
            {
                int target = streams.Targets[(t * streams.Rows) + row];
                past++;
                if (target != EvaluationStreams.Ignored)
                {
                    scored[target]++;
                    Assert.Equal(target - 1, streams.Inputs[(t * streams.Rows) + row]);
                    Assert.True(past > Math.Min(warmUp, target - 1), "the state is warm");
                }
            }
        }

        Assert.All(scored.Skip(1), times => Assert.Equal(1, times));
    }

    [Fact]
    public void AnEmptyTextIsRefused() => Assert.Throws<ArgumentException>(() => new EvaluationStreams([], 0, 20));
}
