using SdCompiler.Samples.Translator.Data;
using SdCompiler.Samples.Translator.Models;

namespace SdCompiler.Samples.Translator.Training;

/// <summary>Training pairs as batches of a model class.</summary>
/// <typeparam name="TBatch">The model's batch type.</typeparam>
/// <param name="batches">The pairs.</param>
/// <param name="form">How they become a batch of the model.</param>
internal sealed class PairSource<TBatch>(PairBatches batches, BatchForm<TBatch> form) : IBatchSource<TBatch>
    where TBatch : TranslationBatch
{
    private readonly TBatch _batch = form.Create();

    /// <inheritdoc/>
    public int BatchesPerEpoch => batches.BatchesPerEpoch;

    /// <inheritdoc/>
    public TBatch Get(int epoch, int index)
    {
        form.Fill(batches.Get(epoch, index), _batch);
        return _batch;
    }
}
