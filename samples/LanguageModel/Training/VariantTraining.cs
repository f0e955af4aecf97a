using System;
using System.Diagnostics;
using System.Threading;
using SdCompiler.Samples.LanguageModel.Models;
using SdCompiler.Samples.LanguageModel.Progress;

namespace SdCompiler.Samples.LanguageModel.Training;

/// <summary>Trains one variant of a model from the beginning, for a comparison: no files, few evaluations.</summary>
internal static class VariantTraining
{
    /// <summary>Validation every so many epochs shows where overfitting begins and costs little.</summary>
    private const int EpochsPerValidation = 5;

    /// <summary>Trains a variant.</summary>
    /// <param name="entry">The model.</param>
    /// <param name="text">The text.</param>
    /// <param name="variant">The variant.</param>
    /// <param name="seed">Of weights and masks; with the same seed all variants begin with the same weights.</param>
    /// <param name="display">Shows progress.</param>
    /// <param name="stop">Stops after the current step.</param>
    /// <returns>The result, or null when it was stopped.</returns>
    public static TrainedVariant? Run(ModelEntry entry, RunText text, Dropout variant, long seed, ProgressDisplay display, CancellationToken stop)
    {
        long started = Stopwatch.GetTimestamp();
        Corpus corpus = text.Corpus;
        LanguageModelInstance model = entry.Create(corpus.Vocabulary.Count, seed);
        using TokenTrainer trainer = model.CreateTrainer(entry.Recipe.CreateOptimizer(), variant, new TrainerOptions());
        TokenBatchSource source = new(new BatchLoader(corpus.Train, trainer.BatchSize, trainer.TimeSteps));
        long totalSteps = (long)entry.Recipe.Epochs * source.BatchesPerEpoch;
        TrainingLoop<TokenBatch> loop = new(trainer, source) { Epochs = entry.Recipe.Epochs, Schedule = entry.Recipe.CreateSchedule(totalSteps) };
        TextEvaluator valid = new(corpus.Valid.Span, corpus.Vocabulary, trainer);
        SpeedMeter speed = new();
        (double Perplexity, int Epoch) lowest = (double.PositiveInfinity, 0);
        double last = double.NaN;
        loop.StepCompleted += step =>
        {
            speed.StepEnded(step.Targets);
            double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            display.Step(new RunProgress(
                step.Epoch + 1,
                loop.Epochs,
                (double)step.Step / totalSteps,
                (step.Batch + 1.0) / step.BatchesPerEpoch,
                Math.Exp(step.EpochMeanLoss),
                speed.TokensPerSecond,
                TimeSpan.FromSeconds(seconds / step.Step * (totalSteps - step.Step))));
        };
        loop.EpochCompleted += epoch =>
        {
            if ((epoch.Epoch + 1) % EpochsPerValidation == 0 || epoch.Epoch + 1 == loop.Epochs)
            {
                last = valid.Run().Perplexity;
                lowest = last < lowest.Perplexity ? (last, epoch.Epoch + 1) : lowest;
            }

            speed.Pause();
        };
        TrainingEnd end = TrainingEnd.Completed;
        speed.Reset();
        display.Run(DropoutNames.Text(variant), () => end = loop.Run(stop));
        if (end != TrainingEnd.Completed)
        {
            return null;
        }

        double train = new TextEvaluator(corpus.Train.Span, corpus.Vocabulary, trainer).Run().Perplexity;
        return new TrainedVariant(variant, model, train, last, lowest.Perplexity, lowest.Epoch, speed.MedianMilliseconds, Stopwatch.GetElapsedTime(started).TotalSeconds);
    }
}
