using System;
using System.Collections.Generic;
using System.Linq;
using SdCompiler.Samples.Shared;
using SdCompiler.Samples.Shared.Training;
using SdCompiler.Samples.Translator.Data;
using SdCompiler.Samples.Translator.Models;

namespace SdCompiler.Samples.Translator.Training;

/// <summary>A trainer of a model class.</summary>
/// <typeparam name="TBatch">The model's batch type.</typeparam>
/// <param name="trainer">The compiled trainer.</param>
/// <param name="form">How pairs become a batch of the model.</param>
internal sealed class ModelTrainer<TBatch>(LstmTrainer<TBatch> trainer, BatchForm<TBatch> form) : ModelTrainer
    where TBatch : TranslationBatch
{
    private readonly PairBatch _pairs = new();
    private readonly TBatch _batch = form.Create();

    public override LstmTrainer Trainer => trainer;

    public override Evaluation Evaluate(IReadOnlyList<EncodedPair> pairs)
    {
        Evaluation sum = new(0, 0, 0);
        EncodedPair[] fitting = pairs.Where(Fits).ToArray();
        int[] sources = fitting.Select(pair => pair.Source.Length).ToArray();
        int[] targets = fitting.Select(pair => pair.Target.Length).ToArray();
        foreach (int[] items in PairBatches.Once(sources, targets, trainer.BatchSize))
        {
            _pairs.Fill(fitting, items);
            form.Fill(_pairs, _batch);
            sum += trainer.Evaluate(_batch);
        }

        return sum;
    }

    public override int Run(CommandContext context, TranslationRun run, CheckpointReader? saved, Action introduce)
    {
        RunSettings settings = run.Settings;
        TranslationData data = run.Data;
        RunPlan<TBatch> plan = new()
        {
            Name = settings.Model,
            Title = $"{settings.Model}, {data.Languages}, {DropoutNames.Text(settings.Variant)}",
            Trainer = trainer,
            Source = new PairSource<TBatch>(new PairBatches(data.Train, trainer.BatchSize, settings.Seed), form),
            Epochs = settings.Recipe.Epochs,
            MaximumSteps = run.MaximumSteps,
            RateAfter = settings.Recipe.RateAfter,
            StepMultiplyAdds = MultiplyAdds(run),
            TrainingMeasure = Measure.Perplexity,
            TrainingValue = static evaluation => evaluation.Perplexity,
            Measure = Measure.Perplexity,
            Validate = () => Evaluate(data.Valid),
            Value = static evaluation => evaluation.Perplexity,
            Test = data.Test?.Any(Fits) == true ? () => Evaluate(data.Test).Perplexity : null,
            Finish = run.Finish,
            Checkpoint = run.Checkpoint,
            Metrics = run.Metrics,
        };
        data.Coding.WriteTo(plan.Texts);
        settings.WriteTo(plan.Properties);
        TrainingRun<TBatch> training = new(context, plan, saved);
        introduce();
        return training.Run();
    }

    /// <summary>Whether the model's window takes a pair: others have no part in perplexities.</summary>
    private bool Fits(EncodedPair pair) => pair.Steps <= trainer.TimeSteps;

    /// <summary>Multiply-adds of a step by the plan, which counts full windows, for sentences as long as those of the training text are in the mean.</summary>
    private double MultiplyAdds(TranslationRun run)
    {
        TranslationData data = run.Data;
        PlanFigures full = run.Entry.Plan.Evaluate(run.Settings.Variant.ToString(), data.Coding.Source.Vocabulary.Count, data.Coding.Target.Vocabulary.Count);
        return full.Kept * data.Train.Average(pair => pair.Target.Length) / trainer.TimeSteps;
    }
}
