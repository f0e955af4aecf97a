namespace SdCompiler;

/// <summary>Training data as numbered batches, so that a resumed run asks for exactly the batch that comes next.</summary>
/// <typeparam name="TBatch">The model's batch type.</typeparam>
public interface IBatchSource<TBatch>
    where TBatch : LstmBatch
{
    /// <summary>Batches in one epoch, at least 1; in the first, where epochs differ.</summary>
    int BatchesPerEpoch { get; }

    /// <summary>Batches in an epoch, at least 1; a function of the epoch alone.</summary>
    /// <param name="epoch">The epoch, from 0.</param>
    int BatchesIn(int epoch) => BatchesPerEpoch;

    /// <summary>Gives a batch; a function of epoch and index alone, whatever was asked for before.</summary>
    /// <param name="epoch">The epoch, from 0.</param>
    /// <param name="index">The batch of the epoch, from 0.</param>
    /// <returns>A batch that is valid until the next call.</returns>
    TBatch Get(int epoch, int index);
}
