using System;
using System.Collections.Generic;
using System.Linq;

namespace SdCompiler.Samples.Benchmarks.Models;

/// <summary>
/// Batches of random pairs of sentences, the same in every run: evenly taken from those of an epoch whose pairs are ordered by the target's length and then by the source's, as translators are trained
/// on them. Words are all equally likely.
/// </summary>
internal sealed class RandomPairs
{
    private const int Count = 8;
    private const int Seed = 1;

    /// <summary>Pairs of the epoch, as many as Multi30k has to train on.</summary>
    private const int Epoch = 29_000;

    private readonly Random _random = new(Seed);

    /// <summary>Draws the batches.</summary>
    /// <param name="rows">Pairs of a batch.</param>
    /// <param name="sourceWords">Words of the source language.</param>
    /// <param name="targetWords">Words of the target language.</param>
    public RandomPairs(int rows, int sourceWords, int targetWords)
    {
        int[] order = Enumerable.Range(0, Count).ToArray();
        _random.Shuffle(order); // an epoch does not begin with its shortest sentences either
        Batches = [.. order.Select(batch => Draw((batch + 0.5) / Count, rows, sourceWords, targetWords))];
    }

    /// <summary>The batches.</summary>
    public IReadOnlyList<PairArrays> Batches { get; }

    private PairArrays Draw(double middle, int rows, int sourceWords, int targetWords)
    {
        double ratio = 0.75 + (0.5 * _random.NextDouble()); // sources from a quarter shorter to a quarter longer
        int[] targets = Enumerable.Range(0, rows).Select(row => Lengths.Descriptions.At(middle + ((row - ((rows - 1) / 2.0)) / Epoch))).ToArray();
        int[] sources = targets.Select(length => Math.Max(1, (int)Math.Round(length * ratio) + _random.Next(2))).ToArray();
        return new PairArrays(sources, Words(sources.Max() * rows, sourceWords), targets, Words(targets.Max() * rows, targetWords), Words(targets.Max() * rows, targetWords));
    }

    private int[] Words(int places, int words) => Enumerable.Range(0, places).Select(_ => _random.Next(words)).ToArray();
}
