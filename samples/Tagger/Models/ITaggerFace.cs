using System;
using SdCompiler.Runtime;
using SdCompiler.Samples.Tagger.Data;

namespace SdCompiler.Samples.Tagger.Models;

/// <summary>What the commands need of a compiled tagger, whatever its class.</summary>
/// <typeparam name="TBatch">The class's own batch type.</typeparam>
internal interface ITaggerFace<TBatch>
    where TBatch : LstmBatch
{
    /// <summary>The weights.</summary>
    ModelParameters Parameters { get; }

    /// <summary>One vector per word.</summary>
    EmbeddingLayer Words { get; }

    /// <summary>The last layer.</summary>
    CrfLayer Tags { get; }

    /// <summary>A trainer of a variant.</summary>
    LstmTrainer<TBatch> NewTrainer(Optimizer optimizer, Dropout variant, TrainerOptions options);

    /// <summary>Finds the best tags of batches; of any number of rows and steps.</summary>
    /// <param name="rows">Rows that are computed together.</param>
    /// <param name="threads">Threads of a call; 0 for all processors.</param>
    TagAction<TBatch> NewPredictor(int rows, int threads);

    /// <summary>A batch without sentences, to be used again and again.</summary>
    TBatch NewBatch();

    /// <summary>Lets a batch stand for a window.</summary>
    void Set(TBatch batch, SentenceWindow window);
}
