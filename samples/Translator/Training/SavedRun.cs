using System.Globalization;
using SdCompiler.Samples.Shared;
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
        Same("--model", request.Model, settings.Model);
        Same("--pattern", request.Pattern, DropoutNames.Pattern(settings.Variant));
        Same("--sites", settings.Variant == Dropout.Dense ? null : request.Sites, DropoutNames.SitesOf(settings.Variant));
        Same("--seed", request.Seed?.ToString(CultureInfo.InvariantCulture), settings.Seed.ToString(CultureInfo.InvariantCulture));
        Same("--optimizer", request.Optimizer, recipe.Optimizer);
        Same("--rate", request.Rate, recipe.Rate);
        Same("--full-epochs", request.FullEpochs, recipe.FullEpochs);
        Same("--decay", request.Decay, recipe.Decay);
        Same("--from", request.Data.From, settings.Languages.Source);
        Same("--to", request.Data.To, settings.Languages.Target);
        return DataHash.Of(data.Train) == settings.DataHash
            ? settings with { Recipe = recipe with { Epochs = request.Epochs ?? recipe.Epochs } }
            : throw new UserErrorException($"{data.Name} is another training text than the checkpoint {request.Checkpoint} was trained on; give --data with the text that the run began with.");
    }

    private static void Same(string option, double? asked, double saved) => Same(option, asked is double number ? RunSettings.Text(number) : null, RunSettings.Text(saved));

    private static void Same(string option, string? asked, string saved)
    {
        if (asked is not null && asked != saved)
        {
            throw new UserErrorException($"{option} is '{asked}' and the run to resume has '{saved}'; leave the option out, or begin a new run in another folder.");
        }
    }
}
