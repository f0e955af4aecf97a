using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace SdCompiler.Runtime.Tests;

/// <summary>The products of a window, and the cell's step, as emitted code calls them.</summary>
public sealed class ProductDriverTests
{
    private const int T = 5;
    private const int B = 6;

    public static TheoryData<string, int, int, bool> Cases()
    {
        TheoryData<string, int, int, bool> data = [];
        foreach (KernelSet set in KernelSet.Available)
        {
            data.Add(set.Name, 300, 70, false); // more units than one block of the backward product, a last panel of 6 columns
            data.Add(set.Name, 19, 560, true);  // more columns than one chunk of the sets for small caches
            data.Add(set.Name, 19, 3100, true); // and of those for large ones
            data.Add(set.Name, 3, 5, true);     // fewer units and panels than lanes
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void AWindowEqualsTheDenseMaskedProductsInDoublePrecision(string set, int units, int columns, bool ragged)
    {
        ProductCase c = new(set, units, columns, ragged, dropout: true);
        c.Run(1);
        c.CheckAgainstDoubles();
    }

    /// <summary>Past every block of the loops: units, steps whose rows are packed together, and more rows than that.</summary>
    [Theory]
    [InlineData(700, 40, 18, 60)]
    [InlineData(37, 40, 3, 1030)]
    [InlineData(150, 1100, 2, 1)]
    public void LargeWindowsEqualTheDenseMaskedProductsAndHaveTheSameBitsForAnyNumberOfLanes(int units, int columns, int steps, int batch)
    {
        foreach (KernelSet set in KernelSet.Available)
        {
            ProductCase one = new(set.Name, units, columns, ragged: true, dropout: true, steps, batch), three = new(set.Name, units, columns, ragged: true, dropout: true, steps, batch);
            one.Run(1);
            one.CheckAgainstDoubles();
            three.Run(3);
            Assert.Equal(one.Results(), three.Results());
        }
    }

    [Fact]
    public void ALongerWindowAllocatesNothingAfterAShorterOne()
    {
        // The runtime allocates on this thread itself when it replaces code that runs, some time during the first cases. Each case begins with a new lane,
        // so that what the product allocates is seen in every one of them.
        Assert.Equal(0, Enumerable.Range(0, 6).Min(_ => Case().AllocatedAfterOneStep()));

        static ProductCase Case() => new("reference", 700, 40, ragged: false, dropout: true, 18, 60);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void AFullListEqualsNoDropout(string set, int units, int columns, bool ragged)
    {
        ProductCase dense = new(set, units, columns, ragged, dropout: false), full = new(set, units, columns, ragged, dropout: false) { Site = -1 };
        dense.Run(1);
        full.Run(1);
        Assert.Equal(dense.Results(), full.Results());
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void TheBitsAreTheSameForAnyNumberOfLanes(string set, int units, int columns, bool ragged)
    {
        List<float[]> results = [];
        List<long> counts = [];
        foreach (int lanes in new[] { 1, 2, 3 })
        {
            ProductCase c = new(set, units, columns, ragged, dropout: true);
            counts.Add(c.Run(lanes));
            results.Add(c.Results());
        }

        Assert.Equal(results[0], results[1]);
        Assert.Equal(results[0], results[2]);
        Assert.All(counts, count => Assert.Equal(counts[0], count));
    }

    [Fact]
    public void OnlyKeptRowsAndRunningRowsAreCounted()
    {
        ProductCase ragged = new("reference", 20, 10, ragged: true, dropout: true), dense = new("reference", 20, 10, ragged: false, dropout: false);
        Assert.Equal(3L * T * B * 20 * 10, dense.Run(2));
        Assert.Equal(3L * ragged.RunningRows * 10 * 10, ragged.Run(2)); // 10 of 20 units kept
        Assert.True(ragged.RunningRows < T * B);
    }

    [Fact]
    public void ChunksOfStepsGiveTheBitsOfTheWholeWindow()
    {
        ProductCase whole = new("reference", 21, 40, ragged: true, dropout: true), chunks = new("reference", 21, 40, ragged: true, dropout: true) { ChunkSteps = 2 };
        whole.Run(1);
        chunks.Run(2);
        Assert.Equal(whole.Gradients(), chunks.Gradients());
    }
}
