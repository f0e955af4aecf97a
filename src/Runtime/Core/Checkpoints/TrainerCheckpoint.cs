using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using SdCompiler.Runtime;

namespace SdCompiler;

/// <summary>A trainer's part of a checkpoint: which files it writes, and how it takes them over.</summary>
internal static class TrainerCheckpoint
{
    private static readonly string[] s_ownFiles = [CheckpointNames.Weights, CheckpointNames.Optimizer, CheckpointNames.State, CheckpointNames.Training, CheckpointNames.Manifest];

    public static List<CheckpointFile> Files(LstmTrainer trainer, CheckpointContent content)
    {
        TrainerCore core = trainer.Core;
        ModelParameters parameters = trainer.Parameters;
        var metadata = new Dictionary<string, string> { ["format"] = "pt" };
        TrainingRecord record = Record(trainer, content);
        var files = new List<CheckpointFile>
        {
            new(CheckpointNames.Weights, stream => SafetensorsFile.Write(stream, ModelFile.Tensors(parameters), ModelFile.Metadata(parameters))),
            new(CheckpointNames.Optimizer, stream => SafetensorsFile.Write(stream, core.OptimizerState.Tensors(), metadata)),
            new(CheckpointNames.State, stream => SafetensorsFile.Write(stream, core.State.Tensors(string.Empty), metadata)),
            new(CheckpointNames.Training, record.Write),
        };
        foreach (KeyValuePair<string, string> text in content.Texts)
        {
            if (!CheckpointNames.IsFileName(text.Key) || s_ownFiles.Contains(text.Key, StringComparer.OrdinalIgnoreCase))
            {
                throw new ArgumentException($"A checkpoint cannot have a text file '{text.Key}'; use a plain file name that it does not use itself.", nameof(content));
            }

            byte[] bytes = Encoding.UTF8.GetBytes(text.Value);
            files.Add(new CheckpointFile(text.Key, stream => stream.Write(bytes)));
        }

        return files;
    }

    /// <summary>Takes everything over, or nothing.</summary>
    public static void Load(LstmTrainer trainer, CheckpointReader checkpoint)
    {
        TrainerCore core = trainer.Core;
        TrainingRecord record = checkpoint.Training;
        ModelParameters parameters = trainer.Parameters;
        string name = parameters.Identity.Name;
        if (name.Length > 0 && record.Model.Length > 0 && record.Model != name)
        {
            throw new CheckpointException($"The checkpoint '{checkpoint.VersionFolder}' is of the model {record.Model} and not of {name}; load it into a {record.Model}.");
        }

        CheckOptimizer(core, checkpoint);
        CheckVariant(core.Body, checkpoint);
        CheckFrozen(parameters, checkpoint);
        CheckCarriedState(core, checkpoint);
        using ModelFile weights = ModelFile.Open(checkpoint.WeightsPath, name);
        Action takeWeights = weights.Read(parameters);
        if (record.ShapeHash != parameters.ShapeHash)
        {
            throw new CheckpointException($"The checkpoint '{checkpoint.VersionFolder}' says another hash of the model's shape than its weights have; use an undamaged copy.");
        }

        using SafetensorsFile moments = SafetensorsFile.Open(checkpoint.PathOf(CheckpointNames.Optimizer));
        Action takeMoments = core.OptimizerState.Read(moments, record.Updates, record.AveragingSince);
        using SafetensorsFile state = SafetensorsFile.Open(checkpoint.PathOf(CheckpointNames.State));
        Action takeState = core.State.Read(state, string.Empty);

        // From here on nothing can fail, but for a device that fails: its memory comes first.
        takeMoments();
        takeWeights();
        core.OptimizerState.Settle();
        takeState();
        core.Optimizer.Restore(record.Settings);
        core.StepCount = record.StepCount;
        core.SkippedSteps = record.SkippedSteps;
        parameters.Seed = record.Seed;
        core.Body.Masks.Seed = record.Seed;
    }

    private static TrainingRecord Record(LstmTrainer trainer, CheckpointContent content)
    {
        ModelParameters parameters = trainer.Parameters;
        var dimensions = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (ModelDimension dimension in parameters.Identity.Dimensions)
        {
            dimensions[dimension.Name] = dimension.Value;
        }

        var settings = new Dictionary<string, double>(StringComparer.Ordinal);
        trainer.Optimizer.Describe(settings);
        return new TrainingRecord
        {
            Model = parameters.Identity.Name,
            ShapeHash = parameters.ShapeHash,
            Seed = trainer.Core.Body.Masks.Seed,
            Dimensions = dimensions,
            StepCount = trainer.StepCount,
            SkippedSteps = trainer.SkippedSteps,
            Updates = trainer.Core.OptimizerState.Updates,
            AveragingSince = trainer.Core.OptimizerState.AveragingSince,
            Optimizer = trainer.Optimizer.Kind,
            Settings = settings,
            Groups = trainer.Core.OptimizerState.GroupSettings(),
            CarriesState = trainer.CarriesState,
            Variant = trainer.Core.Body.Variant,
            Dropout = DropoutRecord.Of(trainer.Core.Body),
            Frozen = Frozen(parameters),
            Position = content.Position,
            Properties = new Dictionary<string, string>(content.Properties, StringComparer.Ordinal),
        };
    }

    /// <summary>What the optimizer remembers has a meaning only for the same kind of optimizer with the same fixed settings.</summary>
    private static void CheckOptimizer(TrainerCore core, CheckpointReader checkpoint)
    {
        Optimizer optimizer = core.Optimizer;
        TrainingRecord record = checkpoint.Training;
        const string WayOut = "create the trainer with the same optimizer, or take the weights alone with the model's Load(path)";
        if (record.Optimizer != optimizer.Kind)
        {
            throw new CheckpointException($"The checkpoint '{checkpoint.VersionFolder}' was trained with {record.Optimizer} and this trainer has {optimizer.Kind}; {WayOut}.");
        }

        var settings = new Dictionary<string, double>(StringComparer.Ordinal);
        optimizer.Describe(settings);
        foreach (KeyValuePair<string, double> own in settings)
        {
            if (!Optimizer.IsChangeable(own.Key) && record.Settings.TryGetValue(own.Key, out double saved) && saved != own.Value)
            {
                throw new CheckpointException(FormattableString.Invariant(
                    $"The checkpoint '{checkpoint.VersionFolder}' was trained with {own.Key} {saved} and this trainer's optimizer has {own.Value}; {WayOut}."));
            }
        }

        if (record.Groups is not null && Difference(record.Groups, core.OptimizerState.GroupSettings()) is (string setting, string before, string now))
        {
            throw new CheckpointException(
                $"The checkpoint '{checkpoint.VersionFolder}' was trained with parameter groups in which {setting} is {before} and in this trainer's it is {now}; {WayOut}.");
        }
    }

    /// <summary>What is trained has memory of the optimizer's, and what is not has none.</summary>
    private static void CheckFrozen(ModelParameters parameters, CheckpointReader checkpoint)
    {
        string own = Frozen(parameters);
        if (checkpoint.Training.Frozen != own)
        {
            throw new CheckpointException(
                $"The checkpoint '{checkpoint.VersionFolder}' was trained with {Text(checkpoint.Training.Frozen)} left untrained and this trainer leaves {Text(own)}; give the model's embeddings the Trainable that they were trained with, or take the weights alone with the model's Load(path).");
        }

        static string Text(string names) => names.Length == 0 ? "nothing" : names;
    }

    private static string Frozen(ModelParameters parameters) => string.Join(", ", parameters.All.Where(parameter => parameter.IsFrozen).Select(parameter => parameter.Name));

    /// <summary>A step that starts at zero is another step than one that starts where the last one ended.</summary>
    private static void CheckCarriedState(TrainerCore core, CheckpointReader checkpoint)
    {
        if (checkpoint.Training.CarriesState is bool carried && carried != core.CarriesState)
        {
            string then = carried ? "carried its state from step to step" : "started each step at zero";
            throw new CheckpointException(
                $"The checkpoint '{checkpoint.VersionFolder}' was trained by a trainer that {then}, and this one does not; create it with TrainerOptions.CarryState = {(carried ? "true" : "false")}, or take the weights alone with the model's Load(path).");
        }
    }

    /// <summary>Other masks are other steps: a run that goes on with them is not the one that was stopped.</summary>
    private static void CheckVariant(TrainerBody body, CheckpointReader checkpoint)
    {
        TrainingRecord record = checkpoint.Training;
        const string WayOut = "or take the weights alone with the model's Load(path)";
        if (body.Variant.Length > 0 && record.Variant is { Length: > 0 } saved && saved != body.Variant)
        {
            throw new CheckpointException($"The checkpoint '{checkpoint.VersionFolder}' was trained as the variant {saved} and this trainer is a {body.Variant}; create a trainer of the variant {saved}, {WayOut}.");
        }

        if (record.Dropout is not null && Difference(record.Dropout, DropoutRecord.Of(body)) is (string site, string before, string now))
        {
            throw new CheckpointException($"The checkpoint '{checkpoint.VersionFolder}' was trained with dropout at {site} '{before}' and this trainer's is '{now}'; give the model the dropout that it was trained with, {WayOut}.");
        }
    }

    /// <summary>The first name, in ordinal order, at which two sets of settings differ; null where they are the same.</summary>
    private static (string Name, string Before, string Now)? Difference<T>(IReadOnlyDictionary<string, T> before, IReadOnlyDictionary<string, T> now)
    {
        foreach (string name in before.Keys.Union(now.Keys).Order(StringComparer.Ordinal))
        {
            string saved = Text(before, name);
            string own = Text(now, name);
            if (saved != own)
            {
                return (name, saved, own);
            }
        }

        return null;

        static string Text(IReadOnlyDictionary<string, T> settings, string name) =>
            settings.TryGetValue(name, out T? value) ? string.Create(CultureInfo.InvariantCulture, $"{value}") : "not set";
    }
}
