using System;
using System.Collections.Generic;
using System.Linq;

namespace SdCompiler.Samples.Benchmarks.Models;

/// <summary>Random batches, the same in every run, which steps go through over and over; several, so that no step reads the rows that the one before left in cache.</summary>
/// <typeparam name="TBatch">What a step of the model takes; each says its rows and steps.</typeparam>
/// <param name="batches">The batches. Several trainers may read them.</param>
/// <param name="characters">The characters of all their words together, for each layer over characters.</param>
internal sealed class RandomBatches<TBatch>(IReadOnlyList<TBatch> batches, params long[] characters)
    where TBatch : LstmBatch
{
    /// <summary>How many they are.</summary>
    public int Count => batches.Count;

    /// <summary>Of how many steps a measurement takes whole multiples, so that all variants are measured with the same sizes: 1 where batches have the same one.</summary>
    public int Cycle { get; } = batches.All(batch => batch.Lengths.IsEmpty && batch.Rows == batches[0].Rows && batch.Steps == batches[0].Steps) ? 1 : batches.Count;

    /// <summary>What they have together.</summary>
    public BatchSizes Sizes { get; } = new(batches.Count, batches.Sum(batch => (long)batch.Rows), batches.Sum(RowSteps), characters) { Source = SourceOf(batches.OfType<TranslationBatch>().ToArray()) };

    /// <summary>A batch.</summary>
    /// <param name="index">Its number, from 0.</param>
    public TBatch this[int index] => batches[index];

    private static SourceSize? SourceOf(TranslationBatch[] batches)
    {
        SourceSize sum = default;
        foreach (TranslationBatch batch in batches)
        {
            ReadOnlySpan<int> source = batch.SourceLengths.Span, target = batch.Lengths.Span;
            for (int row = 0; row < source.Length; row++)
            {
                sum = new SourceSize(sum.Steps + source[row], sum.Pairs + ((long)source[row] * target[row]));
            }
        }

        return batches.Length == 0 ? null : sum;
    }

    private static long RowSteps(TBatch batch)
    {
        long sum = 0;
        foreach (int length in batch.Lengths.Span)
        {
            sum += length;
        }

        return batch.Lengths.IsEmpty ? (long)batch.Rows * batch.Steps : sum;
    }
}
