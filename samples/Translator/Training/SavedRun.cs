using SdCompiler.Samples.Shared;
using SdCompiler.Samples.Shared.Training;
using SdCompiler.Samples.Translator.Commands;
using SdCompiler.Samples.Translator.Data;
using SdCompiler.Samples.Translator.Models;

namespace SdCompiler.Samples.Translator.Training;

/// <summary>Goes on with a run: what the user says again must say the same, but for the number of epochs.</summary>
internal static class SavedRun
{
    /// <summary>The texts of the run, numbered as its checkpoint numbers them.</summary>
    /// <exception cref="UserErrorException">The options give other numbers.</exception>
    public static TranslationData Load(TrainRequest request, SavedModel saved)
    {
        DataOptions options = saved.Complete(request.Data);
        int steps = saved.Entry.Plan.TimeSteps;
        if (request.Coding == new CodingOptions())
        {
            return TranslationData.Load(options, saved.Coding, steps);
        }

        TranslationData data = TranslationData.Load(options, request.Coding, steps);
        return data.Coding.IsSame(saved.Coding)
            ? data
            : throw new UserErrorException($"{data.Name} and the options give other vocabularies or merges than the checkpoint {request.Checkpoint} has; leave the options out, or give the same text and options as the run began with.");
    }

    /// <summary>The settings of the run that is resumed.</summary>
    /// <exception cref="UserErrorException">The user says something else than the run began with.</exception>
    public static RunSettings Resume(TrainRequest request, SavedModel saved, TranslationData data)
    {
        RunSettings settings = saved.Settings;
        TrainingRecipe recipe = settings.Recipe;
        SavedOption.Same("--model", request.Model, settings.Model);
        SavedOption.Same("--pattern", request.Pattern, DropoutNames.Pattern(settings.Variant));
        SavedOption.Same("--sites", settings.Variant == Dropout.Dense ? null : request.Sites, DropoutNames.SitesOf(settings.Variant));
        SavedOption.Same("--seed", request.Seed, settings.Seed);
        SavedOption.Same("--optimizer", request.Optimizer, recipe.Optimizer);
        SavedOption.Same("--rate", request.Rate, recipe.Rate);
        SavedOption.Same("--full-epochs", request.FullEpochs, recipe.FullEpochs);
        SavedOption.Same("--decay", request.Decay, recipe.Decay);
        SavedOption.Same("--from", request.Data.From, settings.Languages.Source);
        SavedOption.Same("--to", request.Data.To, settings.Languages.Target);
        return DataHash.Of(data.Train) == settings.DataHash
            ? settings with { Recipe = recipe with { Epochs = request.Epochs ?? recipe.Epochs } }
            : throw new UserErrorException($"{data.Name} is another training text than the checkpoint {request.Checkpoint} was trained on; give --data with the text that the run began with.");
    }
}
