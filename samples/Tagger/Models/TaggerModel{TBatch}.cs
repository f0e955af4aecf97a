using System;
using System.Linq;
using SdCompiler.Runtime;
using SdCompiler.Samples.Tagger.Data;
using SdCompiler.Samples.Tagger.Training;
using SdCompiler.Samples.Tagger.Vocabulary;

namespace SdCompiler.Samples.Tagger.Models;

/// <summary>A tagger of one class.</summary>
/// <typeparam name="TBatch">The class's own batch type.</typeparam>
internal sealed class TaggerModel<TBatch> : TaggerModel
    where TBatch : LstmBatch
{
    private readonly ITaggerFace<TBatch> _face;

    /// <summary>A tagger.</summary>
    /// <param name="face">The model.</param>
    /// <param name="vocabulary">Its tags.</param>
    public TaggerModel(ITaggerFace<TBatch> face, TaggerVocabulary vocabulary)
    {
        _face = face;

        // Files do not say which tags may follow each other: whoever makes a model says it again.
        face.Tags.Constraints = CrfConstraints.Bioes([.. vocabulary.Tags.Tags.Select(tag => tag.ToString())]);
    }

    /// <inheritdoc/>
    public override ModelParameters Parameters => _face.Parameters;

    /// <inheritdoc/>
    public override EmbeddingLayer Words => _face.Words;

    /// <inheritdoc/>
    public override int Train(TaggerRun run)
    {
        using LstmTrainer<TBatch> trainer = _face.NewTrainer(TaggerRun.CreateOptimizer(), run.Settings.Variant, run.TrainerOptions);
        TBatch batch = _face.NewBatch();
        return run.Run(trainer, window =>
        {
            _face.Set(batch, window);
            return batch;
        });
    }

    /// <inheritdoc/>
    public override Action<SentenceWindow, Memory<int>> CreateTagger(int rows, int threads)
    {
        TagAction<TBatch> tag = _face.NewPredictor(rows, threads);
        TBatch batch = _face.NewBatch();
        return (window, tags) =>
        {
            _face.Set(batch, window);
            tag(batch, tags.Span);
        };
    }
}
