using System;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using SdCompiler.Samples.LanguageModel.Generation;
using SdCompiler.Samples.LanguageModel.Models;
using SdCompiler.Samples.Shared.Progress;
using SdCompiler.Samples.Shared.Training;
using SdCompiler.Samples.LanguageModel.Training;
using SdCompiler.Samples.Shared;

namespace SdCompiler.Samples.LanguageModel.Commands;

/// <summary>What the program does without arguments: trains one small model without dropout, with random and with structured dropout, and compares.</summary>
internal sealed class CompareCommand(CommandContext context)
{
    private const long Seed = 1;
    private static readonly Dropout[] Variants = [Dropout.Dense, Dropout.Random, Dropout.Structured];

    public int Run()
    {
        RunText text = RunText.Own();
        ModelEntry entry = ModelCatalog.Find(ModelCatalog.Demo);
        context.Output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"A text drawn from a small grammar: {text.Corpus.Train.Length:#,0} words to learn from, {text.Corpus.Valid.Length:#,0} to validate on, {text.Corpus.Vocabulary.Count} different ones."));
        context.Output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"The grammar itself, a perfect model, has a perplexity of {text.Optimum:0.00} on the validation text. {entry.Recipe.Epochs} epochs each:"));
        if (Train(entry, text) is not TrainedVariant[] results)
        {
            context.Output.WriteLine("Stopped.");
            return ExitCodes.Stopped;
        }

        context.Output.WriteLine();
        Table(entry, text, results).Write(context.Output);
        Explain(text, results);
        return ExitCodes.Success;
    }

    /// <summary>Trains the variants in turns, an epoch each, so that a moment in which the machine is busy falls on all of them.</summary>
    /// <returns>The results, or null when the user stopped it.</returns>
    private TrainedVariant[]? Train(ModelEntry entry, RunText text)
    {
        VariantTraining[] trainings = Variants.Select(variant => new VariantTraining(entry, text, variant, Seed)).ToArray();
        try
        {
            ProgressDisplay display = ProgressDisplay.For(context);
            bool completed = true;
            display.Run("training", () => completed = RunEpochs(entry.Recipe.Epochs, trainings, display));
            return completed ? trainings.Select(training => training.Finish()).ToArray() : null;
        }
        finally
        {
            foreach (VariantTraining training in trainings)
            {
                training.Dispose();
            }
        }
    }

    private bool RunEpochs(int epochs, VariantTraining[] trainings, ProgressDisplay display)
    {
        long started = Stopwatch.GetTimestamp();
        for (int epoch = 0; epoch < epochs; epoch++)
        {
            for (int i = 0; i < trainings.Length; i++)
            {
                if (!trainings[i].RunEpoch(context.Stop))
                {
                    return false;
                }

                double done = (epoch + ((i + 1.0) / trainings.Length)) / epochs;
                TimeSpan left = Stopwatch.GetElapsedTime(started) * ((1 - done) / done);
                double speed = trainings.Length / trainings.Sum(training => 1 / training.TokensPerSecond);
                display.Step(new RunProgress(epoch + 1, epochs, done, Measure.Perplexity, double.NaN, speed, left));
            }
        }

        return true;
    }

    private static TextTable Table(ModelEntry entry, RunText text, TrainedVariant[] results)
    {
        TextTable table = new("pattern", "training", "validation", "lowest validation", "ms/step", "speedup", "multiply-adds", "ceiling");
        foreach (TrainedVariant result in results)
        {
            PlanFigures figures = entry.Plan.Evaluate(result.Variant.ToString(), text.Corpus.Vocabulary.Count);
            table.Add(
                DropoutNames.Text(result.Variant),
                Number(result.TrainPerplexity),
                Number(result.ValidPerplexity),
                string.Create(CultureInfo.InvariantCulture, $"{result.LowestValid:0.00} in epoch {result.LowestEpoch}"),
                Number(result.StepMilliseconds),
                Number(results[0].StepMilliseconds / result.StepMilliseconds),
                string.Create(CultureInfo.InvariantCulture, $"{100.0 * figures.Kept / figures.Dense:0.0} %"),
                Number(figures.CeilingSpeedup));
        }

        table.Add("(a perfect model)", "", Number(text.Optimum ?? double.NaN), "", "", "", "", "");
        return table;
    }

    private void Explain(RunText text, TrainedVariant[] results)
    {
        context.Output.WriteLine();
        context.Output.WriteLine("Perplexities without dropout, of the last epoch; lower is better. Without dropout the model learns its text by heart. Time is the median of a");
        context.Output.WriteLine("training step; the ceiling is the speedup that the arithmetic left out would give. Written by the model with structured dropout:");
        context.Output.WriteLine();
        TextGenerator generator = new(results[^1].Model.CreatePredictor(), text.Corpus.Vocabulary);
        SplitMix64 random = new((ulong)Seed);
        foreach (int _ in Enumerable.Range(0, 3))
        {
            context.Output.WriteLine("  " + generator.WriteSentence(30, 0.7, random));
            generator.Read(text.Corpus.Vocabulary.EndOfSentenceId);
        }
    }

    private static string Number(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);
}
