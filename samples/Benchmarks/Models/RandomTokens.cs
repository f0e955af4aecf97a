using System;
using System.Linq;

namespace SdCompiler.Samples.Benchmarks.Models;

/// <summary>Windows of random tokens, the same in every run.</summary>
internal static class RandomTokens
{
    private const int Windows = 8;
    private const int DrawnWindows = 4;
    private const int Seed = 1;

    /// <summary>Tokens from 0 up to, not including, the vocabulary's size.</summary>
    /// <param name="vocabulary">The vocabulary's size.</param>
    /// <param name="count">How many.</param>
    public static int[] Draw(int vocabulary, int count) => Draw(new Random(Seed), vocabulary, count);

    /// <summary>Windows of one size.</summary>
    /// <param name="vocabulary">The vocabulary's size.</param>
    /// <param name="rows">Rows of each.</param>
    /// <param name="steps">Time steps of each.</param>
    public static RandomBatches<TokenBatch> Same(int vocabulary, int rows, int steps) =>
        new(Batches(vocabulary, rows, Enumerable.Repeat(steps, Windows).ToArray(), _ => 1));

    /// <summary>Windows as an AWD-LSTM reads them, their lengths drawn as in training.</summary>
    /// <param name="vocabulary">The vocabulary's size.</param>
    /// <param name="rows">Rows of each.</param>
    /// <param name="lengths">How lengths are drawn.</param>
    public static RandomBatches<TokenBatch> Drawn(int vocabulary, int rows, RandomLengths lengths) =>
        new(Batches(vocabulary, rows, Enumerable.Range(0, DrawnWindows).Select(window => lengths.Length(0, window)).ToArray(), steps => (double)steps / lengths.Base));

    private static TokenBatch[] Batches(int vocabulary, int rows, int[] steps, Func<int, double> scale)
    {
        Random random = new(Seed);

        // What one window reads, the one before has as its targets: as good as any other, and half the memory.
        int longest = steps.Max();
        int[][] tokens = Enumerable.Range(0, steps.Length + 1).Select(_ => Draw(random, vocabulary, rows * longest)).ToArray();
        return steps.Select((length, i) => new TokenBatch
        {
            Rows = rows,
            Steps = length,
            Inputs = tokens[i].AsMemory(0, rows * length),
            Targets = tokens[i + 1].AsMemory(0, rows * length),
            LengthScale = scale(length),
        }).ToArray();
    }

    private static int[] Draw(Random random, int vocabulary, int count)
    {
        int[] tokens = new int[count];
        foreach (ref int token in tokens.AsSpan())
        {
            token = random.Next(vocabulary);
        }

        return tokens;
    }
}
