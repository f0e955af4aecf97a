using System;
using System.Collections.Generic;
using System.Linq;

namespace SdCompiler.Samples.Translator.Data;

/// <summary>
/// Training pairs in batches of similar length, in another order each epoch. The target's length comes first: the decoder with its softmax
/// costs most, and every row of a batch that ends before the others leaves work to fewer.
/// </summary>
internal sealed class PairBatches
{
    private readonly IReadOnlyList<EncodedPair> _pairs;
    private readonly LengthBuckets _buckets;
    private readonly PairBatch _batch = new();

    /// <summary>Batches of pairs.</summary>
    /// <param name="pairs">The pairs, at least one.</param>
    /// <param name="rows">The most pairs of a batch.</param>
    /// <param name="seed">Chooses the orders.</param>
    public PairBatches(IReadOnlyList<EncodedPair> pairs, int rows, long seed)
    {
        _pairs = pairs;
        _buckets = new LengthBuckets(pairs.Select(pair => pair.Target.Length).ToArray(), pairs.Select(pair => pair.Source.Length).ToArray(), rows, seed);
    }

    /// <summary>Batches of one epoch.</summary>
    public int BatchesPerEpoch => _buckets.BatchesPerEpoch;

    /// <summary>The share of places that padding would fill in an epoch, if anything were computed there.</summary>
    public double Padding => _buckets.Padding(0);

    /// <summary>A batch; a function of epoch and index alone.</summary>
    /// <returns>Valid until the next call.</returns>
    public PairBatch Get(int epoch, int index)
    {
        _batch.Fill(_pairs, _buckets.Batch(epoch, index));
        return _batch;
    }

    /// <summary>All pairs once, in batches of similar length, for measuring and translating.</summary>
    /// <param name="sourceLengths">The length of each source sentence.</param>
    /// <param name="targetLengths">The length of each target sentence; empty where there is none yet.</param>
    /// <param name="rows">The most of a batch.</param>
    /// <returns>The numbers of each batch's items.</returns>
    public static IEnumerable<int[]> Once(IReadOnlyList<int> sourceLengths, IReadOnlyList<int> targetLengths, int rows) => Enumerable.Range(0, sourceLengths.Count)
        .OrderBy(item => targetLengths.Count == 0 ? 0 : targetLengths[item])
        .ThenBy(item => sourceLengths[item])
        .Chunk(rows);
}
