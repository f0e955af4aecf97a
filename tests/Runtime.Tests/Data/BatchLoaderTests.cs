using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace SdCompiler.Runtime.Tests.Data;

public sealed class BatchLoaderTests
{
    [Theory]
    [InlineData(103, 4, 5)]
    [InlineData(100, 4, 6)]
    [InlineData(101, 1, 7)]
    [InlineData(10, 5, 3)]
    [InlineData(42, 2, 100)]
    public void EveryStreamIsReadInOrderOnce(int count, int rows, int timeSteps)
    {
        int[] tokens = Enumerable.Range(0, count).ToArray();
        BatchLoader loader = new(tokens, rows, timeSteps);
        List<int>[] inputs = Enumerable.Range(0, rows).Select(_ => new List<int>()).ToArray();
        int windows = 0;
        while (loader.TryNext())
        {
            windows++;
            Assert.Equal(windows, loader.Position);
            Assert.InRange(loader.Steps, 1, timeSteps);
            Assert.Equal(loader.Steps * rows, loader.Inputs.Length);
            for (int i = 0; i < loader.Inputs.Length; i++)
            {
                inputs[i % rows].Add(loader.Inputs.Span[i]);
                Assert.Equal(loader.Inputs.Span[i] + 1, loader.Targets.Span[i]);
            }
        }

        Assert.Equal(loader.WindowCount, windows);
        int length = count / rows;
        for (int row = 0; row < rows; row++)
        {
            Assert.Equal(Enumerable.Range(row * length, length - 1), inputs[row]);
        }

        Assert.Equal(loader.TokenCount, inputs.Sum(row => row.Count));
        Assert.False(loader.TryNext());
    }

    [Fact]
    public void SeekingGivesTheSameWindows()
    {
        int[] tokens = Enumerable.Range(0, 200).ToArray();
        BatchLoader first = new(tokens, 3, 8);
        for (int i = 0; i < 4; i++)
        {
            first.TryNext();
        }

        BatchLoader second = new(tokens, 3, 8);
        second.Seek(3);
        Assert.True(second.TryNext());
        Assert.Equal(first.Inputs.ToArray(), second.Inputs.ToArray());
        second.Seek(second.WindowCount);
        Assert.False(second.TryNext());
        Assert.Throws<ArgumentOutOfRangeException>(() => second.Seek(second.WindowCount + 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => second.Seek(-1));
    }

    [Fact]
    public void ATextTooShortIsRefused() =>
        Assert.Contains("too short for 4 streams", Assert.Throws<ArgumentException>(() => new BatchLoader(new int[7], 4, 5)).Message, StringComparison.Ordinal);

    [Fact]
    public void WindowsAllocateNothing()
    {
        BatchLoader loader = new(new int[100_000], 20, 35);
        loader.TryNext();
        long before = GC.GetAllocatedBytesForCurrentThread();
        while (loader.TryNext())
        {
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
