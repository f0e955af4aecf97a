using SdCompiler.Samples.Tagger.Data;

namespace SdCompiler.Samples.Tagger.Models;

/// <content>What the commands need of the class.</content>
public partial class LetterTagger : ITaggerFace<LetterTagger.Batch>
{
    /// <inheritdoc/>
    LstmTrainer<Batch> ITaggerFace<Batch>.NewTrainer(Optimizer optimizer, Dropout variant, TrainerOptions options) => CreateTrainer(optimizer, variant, options);

    /// <inheritdoc/>
    TagAction<Batch> ITaggerFace<Batch>.NewPredictor(int rows, int threads)
    {
        Predictor predictor = CreatePredictor(rows);
        predictor.Threads = threads;
        return predictor.Tag;
    }

    /// <inheritdoc/>
    Batch ITaggerFace<Batch>.NewBatch() => new() { Words = default, Spelling = default };

    /// <inheritdoc/>
    void ITaggerFace<Batch>.Set(Batch batch, SentenceWindow window)
    {
        batch.Rows = window.Rows;
        batch.Steps = window.Steps;
        batch.Lengths = window.Lengths;
        batch.Words = window.Words;
        batch.Spelling = window.Characters;
        batch.Targets = window.Tags;
    }
}
