using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace SdCompiler.Runtime.Tests;

/// <summary>Words as rows whose time is the character.</summary>
public sealed class WindowWordsTests
{
    private const int T = 4, B = 3, Most = 5;

    [Theory]
    [InlineData(4, 3, 2)]
    [InlineData(4, 4, 4)]
    [InlineData(1, 1, 1)]
    [InlineData(2)]
    public void EachWordHasOneRowAndTheLongestComeFirst(params int[] rowLengths)
    {
        Window window = New();
        for (int seed = 0; seed < 20; seed++)
        {
            Dictionary<int, int[]> words = Fill(window, rowLengths, new Random(seed));
            WindowWords ordered = window.Characters(0).Words;
            Assert.Equal(words.Count, ordered.Shape.Rows);
            Assert.Equal(words.Values.Max(word => word.Length), ordered.Shape.Steps);
            int[] rows = Enumerable.Range(0, ordered.Shape.Rows).ToArray();
            Assert.Equal(words.Keys.Order(), rows.Select(ordered.Cell).Order());
            Assert.All(rows, row => Assert.Equal(words[ordered.Cell(row)], ordered.Word(row).ToArray()));
            Assert.Equal(words.OrderByDescending(word => word.Value.Length).ThenBy(word => word.Key).Select(word => word.Key), rows.Select(ordered.Cell));
            for (int p = 0; p <= Most; p++)
            {
                Assert.Equal(words.Values.Count(word => word.Length > p), ordered.Shape.RowsAt(p));
            }
        }
    }

    [Fact]
    public void OrderingAllocatesNothing()
    {
        Window window = New();
        Fill(window, [4, 2, 1], new Random(1));
        WindowWords words = window.Characters(0).Words;
        long before = GC.GetAllocatedBytesForCurrentThread();
        words.Order();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void AnInputThatDoesNotOrderItsWordsSaysSo()
    {
        Window window = new(T, B, [WindowInput.Characters(9, Most)], WindowTarget.None);
        Assert.Contains("does not order its words", Assert.Throws<InvalidOperationException>(() => window.Characters(0).Words).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void MasksOfWordsHaveStepsAndSamplesOfTheirOwn()
    {
        MaskSite Site(DropoutPattern pattern) => new("Spelling", 1, 0, DropoutSites.Input, 8, pattern, MaskSampling.FixedCount, 4, 0.5) { Characters = Most };
        MaskSet masks = new(7, [Site(DropoutPattern.Structured), Site(DropoutPattern.Random), Site(DropoutPattern.RandomFixed), MaskSite.None("Spelling", DropoutSites.Input, 8, Most)], T, B);
        masks.Draw(new Lane(KernelSet.Reference), 3, 2, 1);
        for (int place = 0; place < Most; place++)
        {
            for (int unit = 0; unit < 8; unit++)
            {
                for (int cell = 0; cell < 2 * B; cell++)
                {
                    for (int site = 0; site < 3; site++)
                    {
                        Assert.Equal(MaskSampler.Multiplier(7, masks.Sites[site], 3, place, unit, cell), masks.Multiplier(site, place, unit, cell));
                    }

                    Assert.Equal(1, masks.Multiplier(3, place, unit, cell));
                }
            }
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => masks.Multiplier(1, Most, 0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => masks.Multiplier(1, 0, 0, 2 * B));
    }

    private static Window New() => new(T, B, [WindowInput.Characters(9, Most, ordersWords: true)], WindowTarget.None);

    /// <summary>Random words for the running rows, by their cells.</summary>
    private static Dictionary<int, int[]> Fill(Window window, int[] rowLengths, Random random)
    {
        window.SetShape(rowLengths);
        WindowCharacters characters = window.Characters(0);
        Dictionary<int, int[]> words = [];
        for (int t = 0; t < window.Steps; t++)
        {
            characters.Begin(t);
            for (int b = 0; b < window.RowsAt(t); b++)
            {
                int[] word = Enumerable.Range(0, 1 + random.Next(Most)).Select(_ => random.Next(9)).ToArray();
                characters.Add(t, b, word);
                words.Add((t * B) + b, word);
            }
        }

        characters.End();
        return words;
    }
}
