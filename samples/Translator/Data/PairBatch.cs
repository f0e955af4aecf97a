using System;
using System.Collections.Generic;
using SdCompiler.Samples.Translator.Vocabulary;

namespace SdCompiler.Samples.Translator.Data;

/// <summary>
/// Pairs side by side, as a model takes them: time-major, one row per pair, what the decoder reads one step behind what it has to write.
/// The arrays are used again for the next batch, and grow when it is larger.
/// </summary>
internal sealed class PairBatch
{
    /// <summary>The target of a step behind a sentence's end.</summary>
    public const int NoTarget = -1;

    private int[] _source = [];
    private int[] _sourceLengths = [];
    private int[] _inputs = [];
    private int[] _targets = [];
    private int[] _lengths = [];

    /// <summary>Pairs.</summary>
    public int Rows { get; private set; }

    /// <summary>Steps of the longest source sentence.</summary>
    public int SourceSteps { get; private set; }

    /// <summary>Steps of the longest target sentence.</summary>
    public int Steps { get; private set; }

    /// <summary>What the encoder reads, [<see cref="SourceSteps"/>, rows].</summary>
    public ReadOnlyMemory<int> Source => _source.AsMemory(0, SourceSteps * Rows);

    /// <summary>Steps of each row's source.</summary>
    public ReadOnlyMemory<int> SourceLengths => _sourceLengths.AsMemory(0, Rows);

    /// <summary>What the decoder reads, [<see cref="Steps"/>, rows]: <see cref="SpecialTokens.BeginId"/>, then the target without its end.</summary>
    public ReadOnlyMemory<int> Inputs => _inputs.AsMemory(0, Steps * Rows);

    /// <summary>What the decoder has to write, [<see cref="Steps"/>, rows]; <see cref="NoTarget"/> behind the end.</summary>
    public ReadOnlyMemory<int> Targets => _targets.AsMemory(0, Steps * Rows);

    /// <summary>Steps of each row's target.</summary>
    public ReadOnlyMemory<int> Lengths => _lengths.AsMemory(0, Rows);

    /// <summary>Lays pairs out.</summary>
    /// <param name="pairs">All pairs.</param>
    /// <param name="items">The numbers of those that become rows, at least one.</param>
    public void Fill(IReadOnlyList<EncodedPair> pairs, ReadOnlySpan<int> items)
    {
        Rows = items.Length;
        SourceSteps = 0;
        Steps = 0;
        foreach (int item in items)
        {
            SourceSteps = Math.Max(SourceSteps, pairs[item].Source.Length);
            Steps = Math.Max(Steps, pairs[item].Target.Length);
        }

        Grow(ref _sourceLengths, Rows);
        Grow(ref _lengths, Rows);
        Grow(ref _source, SourceSteps * Rows).Fill(SpecialTokens.PaddingId);
        Grow(ref _inputs, Steps * Rows).Fill(SpecialTokens.PaddingId);
        Grow(ref _targets, Steps * Rows).Fill(NoTarget);
        for (int row = 0; row < Rows; row++)
        {
            EncodedPair pair = pairs[items[row]];
            _sourceLengths[row] = pair.Source.Length;
            _lengths[row] = pair.Target.Length;
            for (int step = 0; step < pair.Source.Length; step++)
            {
                _source[(step * Rows) + row] = pair.Source[step];
            }

            for (int step = 0; step < pair.Target.Length; step++)
            {
                _inputs[(step * Rows) + row] = step == 0 ? SpecialTokens.BeginId : pair.Target[step - 1];
                _targets[(step * Rows) + row] = pair.Target[step];
            }
        }
    }

    private static Span<int> Grow(ref int[] array, int length)
    {
        if (array.Length < length)
        {
            array = new int[Math.Max(length, 2 * array.Length)];
        }

        return array.AsSpan(0, length);
    }
}
