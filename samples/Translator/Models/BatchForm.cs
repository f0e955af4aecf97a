using System;
using SdCompiler.Samples.Translator.Data;

namespace SdCompiler.Samples.Translator.Models;

/// <summary>How pairs become a batch of a model class.</summary>
/// <typeparam name="TBatch">The model's batch type.</typeparam>
/// <param name="create">Makes an empty batch.</param>
/// <param name="fill">Gives a batch the tokens of pairs.</param>
internal sealed class BatchForm<TBatch>(Func<TBatch> create, Action<PairBatch, TBatch> fill)
    where TBatch : TranslationBatch
{
    /// <summary>Makes an empty batch.</summary>
    public TBatch Create() => create();

    /// <summary>Gives a batch the arrays of pairs.</summary>
    public void Fill(PairBatch pairs, TBatch batch)
    {
        fill(pairs, batch);
        batch.Rows = pairs.Rows;
        batch.Steps = pairs.Steps;
        batch.Lengths = pairs.Lengths;
        batch.SourceSteps = pairs.SourceSteps;
        batch.SourceLengths = pairs.SourceLengths;
    }
}
