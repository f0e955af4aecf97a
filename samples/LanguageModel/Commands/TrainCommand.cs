using System;
using System.Globalization;
using SdCompiler.Runtime.Cuda;
using SdCompiler.Samples.LanguageModel.Models;
using SdCompiler.Samples.LanguageModel.Training;
using SdCompiler.Samples.Shared;
using SdCompiler.Samples.Shared.Training;

namespace SdCompiler.Samples.LanguageModel.Commands;

/// <summary>Trains a model, or goes on with a stopped run.</summary>
internal sealed class TrainCommand(CommandContext context)
{
    public int Run(TrainRequest request)
    {
        CheckpointFolder.Check(request.Checkpoint, request.Resume);
        SavedModel? saved = request.Resume ? SavedModel.Open(request.Checkpoint!) : null;
        ModelEntry entry = saved?.Entry ?? ModelCatalog.Find(request.Model ?? (request.Data is null ? ModelCatalog.Demo : ModelCatalog.Default));
        CheckSchedule(request, entry);
        CheckDropout(request, entry);
        CheckBackend(request, entry);
        RunText text = RunText.Load(request.Data);
        CheckpointFolder.Make(request.Checkpoint);
        RunSettings settings = saved is null ? Fresh(request, entry, text) : Resumed(request, saved, text);
        text.CheckLength(entry.Plan.BatchSize);
        LanguageModelInstance model = entry.Create(text.Corpus.Vocabulary.Count, settings.Seed);
        using TokenTrainer trainer = CreateTrainer(request, entry, settings, model);
        TrainingRun<TokenBatch> run = new(context, TextRun.Plan(request, settings, text, trainer), saved?.Checkpoint);
        Introduce(entry, settings, text, trainer);
        if (saved is not null && saved.Settings.Epochs != settings.Epochs)
        {
            context.Output.WriteLine($"{settings.Epochs} epochs now, {saved.Settings.Epochs} before: from here on the learning rate is that of a run of {settings.Epochs} epochs");
            context.Output.Flush();
        }

        return run.Run();
    }

    /// <summary>Refuses options of another model's schedule before a text is read or a folder made: a wrong command line leaves nothing behind.</summary>
    private static void CheckSchedule(TrainRequest request, ModelEntry entry)
    {
        string? option = request.FullEpochs is not null ? "--full-epochs" : request.Decay is not null ? "--decay" : null;
        if (option is not null && entry.Recipe.Decay is null)
        {
            throw new UsageException($"{option} is not for the model '{entry.Name}', whose learning rate {entry.Recipe.Course}; leave the option out, or train another model.");
        }
    }

    /// <summary>Refuses dropout that the model is not compiled for.</summary>
    private static void CheckDropout(TrainRequest request, ModelEntry entry)
    {
        if (entry.IsAwd && request.Sites is not null)
        {
            throw new UsageException($"--sites is not for the model '{entry.Name}', which has its own places of dropout; leave the option out, or train another model.");
        }

        if (entry.IsAwd && request.Pattern == DropoutNames.RandomFixed)
        {
            throw new UsageException($"--pattern random-fixed is not for the model '{entry.Name}', whose own dropouts, random, are drawn once per window; use random.");
        }
    }

    /// <summary>Refuses options that mean nothing on the backend that was asked for.</summary>
    private static void CheckBackend(TrainRequest request, ModelEntry entry)
    {
        if (request.Backend == Backends.Cuda && !entry.HasCuda)
        {
            throw new UsageException($"--backend cuda is not for the model '{entry.Name}', which trains on the CPU; leave the option out, or train another model.");
        }

        string? option = request.Backend == Backends.Cuda
            ? request.Threads is not null ? "--threads" : null
            : request.Device is not null ? "--device" : request.TensorFloat32 ? "--tf32" : null;
        if (option is not null)
        {
            throw new UsageException(request.Backend == Backends.Cuda
                ? $"{option} is for the CPU; leave it out, or leave --backend cuda out."
                : $"{option} is for GPUs; leave it out, or add --backend cuda.");
        }

        if (request.Backend == Backends.Cuda && CudaDevice.Unavailable is string reason)
        {
            throw new UserErrorException(reason); // before a text is read or a folder made
        }
    }

    private static TokenTrainer CreateTrainer(TrainRequest request, ModelEntry entry, RunSettings settings, LanguageModelInstance model)
    {
        TrainerOptions options = new()
        {
            Threads = request.Threads ?? 0,
            Backend = request.Backend,
            Device = request.Device ?? 0,
            TensorFloat32 = request.TensorFloat32,
        };
        try
        {
            return model.CreateTrainer(entry.Recipe.CreateOptimizer(), settings.Variant, options);
        }
        catch (ArgumentOutOfRangeException e) when (request.Backend == Backends.Cuda)
        {
            throw new UserErrorException(e.Message, e); // no such GPU
        }
    }

    private static RunSettings Fresh(TrainRequest request, ModelEntry entry, RunText text) => new(
        entry.Name,
        entry.Variant(request.Pattern ?? DropoutNames.Structured, request.Sites ?? DropoutNames.WithRecurrent),
        request.Seed ?? 1,
        request.Epochs ?? entry.Recipe.Epochs,
        entry.Recipe.Decay is EpochDecay own ? new EpochDecay(request.FullEpochs ?? own.FullEpochs, request.Decay ?? own.Factor) : null,
        TextHash.Of(text.Corpus.Vocabulary, text.Corpus.Train.Span));

    /// <summary>The settings of the run that is resumed; what the user says again must say the same, but for the number of epochs.</summary>
    private static RunSettings Resumed(TrainRequest request, SavedModel saved, RunText text)
    {
        RunSettings settings = saved.Settings;
        SavedOption.Same("--model", request.Model, settings.Model);
        SavedOption.Same("--pattern", request.Pattern, saved.Entry.Pattern(settings.Variant));
        SavedOption.Same("--sites", settings.Variant == Dropout.Dense ? null : request.Sites, DropoutNames.SitesOf(settings.Variant));
        SavedOption.Same("--seed", request.Seed, settings.Seed);
        if (settings.Decay is EpochDecay decay)
        {
            SavedOption.Same("--full-epochs", request.FullEpochs, decay.FullEpochs);
            SavedOption.Same("--decay", request.Decay, decay.Factor);
        }

        if (!saved.Vocabulary.Equals(text.Corpus.Vocabulary))
        {
            throw new UserErrorException($"{text.Name} gives another vocabulary ({text.Corpus.Vocabulary.Count} words) than the checkpoint {request.Checkpoint} has ({saved.Vocabulary.Count} words); give --data with the text that the run began with.");
        }

        if (TextHash.Of(text.Corpus.Vocabulary, text.Corpus.Train.Span) != settings.DataHash)
        {
            throw new UserErrorException($"{text.Name} is another training text than the checkpoint {request.Checkpoint} was trained on; give --data with the text that the run began with.");
        }

        return settings with { Epochs = request.Epochs ?? settings.Epochs };
    }

    private void Introduce(ModelEntry entry, RunSettings settings, RunText text, TokenTrainer trainer)
    {
        PlanFigures figures = entry.Plan.Evaluate(settings.Variant.ToString(), text.Corpus.Vocabulary.Count);
        string regime = entry.HasDropout ? entry.Text(settings.Variant) : "no dropout in this model, whatever the pattern";
        context.Output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{entry.Name} ({regime}), {figures.Parameters:#,0} parameters, {100.0 * figures.Kept / figures.Dense:0} % of the dense multiply-adds, ceiling {figures.CeilingSpeedup:0.00}"));
        context.Output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{text.Name}: {text.Corpus.Train.Length:#,0} training tokens, {text.Corpus.Valid.Length:#,0} for validation, {text.Corpus.Test.Length:#,0} for the test, {text.Corpus.Vocabulary.Count:#,0} words"));
        string what = trainer.KernelName.StartsWith("CUDA", StringComparison.Ordinal) ? trainer.KernelName : $"{trainer.Threads} threads, kernels {trainer.KernelName}";
        context.Output.WriteLine($"{what}{(trainer.StepCount > 0 ? $", going on after step {trainer.StepCount}" : "")}");
        context.Output.Flush();
    }
}
