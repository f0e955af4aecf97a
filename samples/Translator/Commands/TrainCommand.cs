using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using SdCompiler.Samples.Shared;
using SdCompiler.Samples.Shared.Training;
using SdCompiler.Samples.Translator.Data;
using SdCompiler.Samples.Translator.Models;
using SdCompiler.Samples.Translator.Training;
using SdCompiler.Samples.Translator.Decoding;

namespace SdCompiler.Samples.Translator.Commands;

/// <summary>Trains a model, or goes on with a stopped run.</summary>
internal sealed class TrainCommand(CommandContext context)
{
    /// <summary>Translations that are shown at the end.</summary>
    private const int ExampleCount = 3;

    public int Run(TrainRequest request)
    {
        CheckpointFolder.Check(request.Checkpoint, request.Resume);
        SavedModel? saved = request.Resume ? SavedModel.Open(request.Checkpoint!) : null;
        ModelEntry entry = saved?.Entry ?? ModelCatalog.Find(request.Model ?? (request.Data.Folder is null ? ModelCatalog.Demo : ModelCatalog.Default));
        TranslationData data = saved is null
            ? TranslationData.Load(request.Data, request.Coding, entry.Plan.TimeSteps)
            : SavedRun.Load(request, saved);
        CheckpointFolder.Make(request.Checkpoint);
        RunSettings settings = saved is null ? Fresh(request, entry, data) : SavedRun.Resume(request, saved, data);
        TranslationModel model = entry.Create(data.Coding.Source.Vocabulary.Count, data.Coding.Target.Vocabulary.Count, settings.Seed);
        using ModelTrainer trainer = model.CreateTrainer(
            settings.Recipe.CreateOptimizer(),
            settings.Variant,
            new TrainerOptions { Threads = request.Threads ?? 0 });
        TranslationRun run = new(entry, settings, data, request.MaxSteps, request.Checkpoint, request.Metrics, data.Test is null ? null : Score);
        return trainer.Run(context, run, saved?.Checkpoint, Introduce);

        FinalFigures Score()
        {
            BeamSettings beam = new SearchRequest().Settings();
            TestScore score = TestScore.Of(new TextTranslator(data.Coding, model.CreateTranslator(request.Threads ?? 0), beam), data.Test!, context.Stop);
            return new FinalFigures($"test {score.Line(beam)}{Examples(data.Test!, score)}", new Dictionary<string, double> { ["test_bleu"] = score.Bleu.Value });
        }

        void Introduce() => this.Introduce(entry, settings, data, trainer.Trainer, saved);
    }

    /// <summary>Some sentences of the test text, spread over it, with the model's translations and the text's own.</summary>
    private static string Examples(IReadOnlyList<EncodedPair> pairs, TestScore score)
    {
        int[] items = Enumerable.Range(0, ExampleCount).Select(i => i * pairs.Count / ExampleCount).Distinct().ToArray();
        return string.Concat(items.Select(i => $"\n\n  {string.Join(' ', pairs[i].Words.Source)}\n  {string.Join(' ', score.Translations[i])}\n  {string.Join(' ', pairs[i].Words.Target)} (right)"));
    }

    private static RunSettings Fresh(TrainRequest request, ModelEntry entry, TranslationData data)
    {
        TrainingRecipe own = entry.Recipe;
        string optimizer = request.Optimizer ?? own.Optimizer;
        TrainingRecipe recipe = new(
            request.Epochs ?? own.Epochs,
            optimizer,
            request.Rate ?? (optimizer == own.Optimizer ? own.Rate : TrainingRecipe.RateOf(optimizer)),
            request.FullEpochs ?? own.FullEpochs,
            request.Decay ?? own.Decay,
            own.ClipNorm);
        return new RunSettings(
            entry.Name,
            DropoutNames.Variant<Dropout>(request.Pattern ?? DropoutNames.Structured, request.Sites ?? DropoutNames.WithRecurrent),
            request.Seed ?? 1,
            recipe,
            data.Languages,
            DataHash.Of(data.Train));
    }

    private void Introduce(ModelEntry entry, RunSettings settings, TranslationData data, LstmTrainer trainer, SavedModel? saved)
    {
        PlanFigures figures = entry.Plan.Evaluate(settings.Variant.ToString(), data.Coding.Source.Vocabulary.Count, data.Coding.Target.Vocabulary.Count);
        context.Output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{entry.Name} ({DropoutNames.Text(settings.Variant)}), {figures.Parameters:#,0} parameters, {100.0 * figures.Kept / figures.Dense:0} % of the dense multiply-adds, ceiling {figures.CeilingSpeedup:0.00}"));
        foreach (string line in DataSummary.Lines(data, entry.Plan.TimeSteps))
        {
            context.Output.WriteLine(line);
        }

        context.Output.WriteLine($"{settings.Recipe.Optimizer} from rate {RunSettings.Text(settings.Recipe.Rate)}, {trainer.Threads} threads, kernels {trainer.KernelName}{(trainer.StepCount > 0 ? $", going on after step {trainer.StepCount}" : "")}");
        if (saved is not null && saved.Settings.Recipe.Epochs != settings.Recipe.Epochs)
        {
            context.Output.WriteLine($"{settings.Recipe.Epochs} epochs now, {saved.Settings.Recipe.Epochs} before");
        }

        context.Output.Flush();
    }
}
