using System;
using SdCompiler.Samples.Tagger.Data;

namespace SdCompiler.Samples.Tagger.Training;

/// <summary>Training sentences as batches of one class of models.</summary>
/// <typeparam name="TBatch">The class's batch type.</typeparam>
/// <param name="sentences">The sentences.</param>
/// <param name="convert">Makes a batch of a window.</param>
internal sealed class BatchSource<TBatch>(SentenceBatches sentences, Func<SentenceWindow, TBatch> convert) : IBatchSource<TBatch>
    where TBatch : LstmBatch
{
    /// <inheritdoc/>
    public int BatchesPerEpoch => sentences.BatchesPerEpoch;

    /// <inheritdoc/>
    public TBatch Get(int epoch, int index) => convert(sentences.Get(epoch, index));
}
