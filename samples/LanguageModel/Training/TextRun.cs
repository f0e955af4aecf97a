using System;
using System.Linq;
using SdCompiler.Samples.LanguageModel.Commands;
using SdCompiler.Samples.LanguageModel.Models;
using SdCompiler.Samples.Shared.Training;

namespace SdCompiler.Samples.LanguageModel.Training;

/// <summary>What a run of the language model consists of.</summary>
internal static class TextRun
{
    /// <summary>The plan of a run.</summary>
    /// <param name="request">What the user asked for.</param>
    /// <param name="settings">The run's settings.</param>
    /// <param name="text">The text.</param>
    /// <param name="trainer">A new trainer.</param>
    public static RunPlan<TokenBatch> Plan(TrainRequest request, RunSettings settings, RunText text, TokenTrainer trainer)
    {
        ModelEntry entry = ModelCatalog.Find(settings.Model);
        IBatchSource<TokenBatch> source = entry.Recipe.Lengths is RandomLengths lengths
            ? new RandomLengthSource(text.Corpus.Train, trainer.BatchSize, lengths with { Most = trainer.TimeSteps, Seed = settings.Seed })
            : new TokenBatchSource(new BatchLoader(text.Corpus.Train, trainer.BatchSize, trainer.TimeSteps));
        long steps = Enumerable.Range(0, settings.Epochs).Sum(epoch => (long)source.BatchesIn(epoch));
        RunPlan<TokenBatch> plan = new()
        {
            Name = settings.Model,
            Title = $"{settings.Model}, {entry.Text(settings.Variant)}",
            Trainer = trainer,
            Source = source,
            Epochs = settings.Epochs,
            MaximumSteps = request.MaxSteps,
            Schedule = entry.Recipe.CreateSchedule(steps, settings.Decay),
            NonMonotone = entry.Recipe.NonMonotone,
            StepMultiplyAdds = entry.Plan.Evaluate(settings.Variant.ToString(), text.Corpus.Vocabulary.Count).Kept,
            TrainingMeasure = Measure.Perplexity,
            TrainingValue = static evaluation => evaluation.Perplexity,
            Measure = Measure.Perplexity,
            Validate = Evaluator(text.Corpus.Valid).Run,
            Value = static evaluation => evaluation.Perplexity,
            Test = text.Corpus.Test.IsEmpty ? null : () => Evaluator(text.Corpus.Test).Run().Perplexity,
            Optimum = text.Optimum,
            Checkpoint = request.Checkpoint,
            Metrics = request.Metrics,
        };
        plan.Texts[SavedModel.VocabularyFile] = string.Join('\n', text.Corpus.Vocabulary.Words) + "\n";
        settings.WriteTo(plan.Properties);
        return plan;

        TextEvaluator Evaluator(ReadOnlyMemory<int> tokens) => new(tokens.Span, text.Corpus.Vocabulary, trainer);
    }
}
