using System;
using System.Collections.Generic;
using System.Globalization;
using SdCompiler.Samples.LanguageModel.Models;
using SdCompiler.Samples.Shared;

namespace SdCompiler.Samples.LanguageModel.Training;

/// <summary>What decides the result of a run; a checkpoint carries it, and a resumed run must have the same.</summary>
/// <param name="Model">The model's name on the command line.</param>
/// <param name="Variant">The dropout regime.</param>
/// <param name="Seed">Of first weights and masks.</param>
/// <param name="Epochs">Passes over the training text; a resumed run may have more.</param>
/// <param name="Decay">How the learning rate falls by epochs, or null where it falls along half a cosine.</param>
/// <param name="DataHash">SHA-256 of the training stream and its vocabulary.</param>
internal sealed record RunSettings(string Model, Dropout Variant, int Seed, int Epochs, EpochDecay? Decay, string DataHash)
{
    private const string ModelKey = "model";
    private const string PatternKey = "pattern";
    private const string SitesKey = "sites";
    private const string SeedKey = "seed";
    private const string EpochsKey = "epochs";
    private const string FullEpochsKey = "full-epochs";
    private const string DecayKey = "decay";
    private const string DataKey = "data";

    /// <summary>Writes the settings into a checkpoint's properties.</summary>
    public void WriteTo(IDictionary<string, string> properties)
    {
        properties[ModelKey] = Model;
        properties[PatternKey] = DropoutNames.Pattern(Variant);
        properties[SitesKey] = DropoutNames.SitesOf(Variant);
        properties[SeedKey] = Seed.ToString(CultureInfo.InvariantCulture);
        properties[EpochsKey] = Epochs.ToString(CultureInfo.InvariantCulture);
        properties[DataKey] = DataHash;
        if (Decay is not null)
        {
            properties[FullEpochsKey] = Decay.FullEpochs.ToString(CultureInfo.InvariantCulture);
            properties[DecayKey] = Decay.Factor.ToString("R", CultureInfo.InvariantCulture);
        }
    }

    /// <summary>Reads the settings of a checkpoint.</summary>
    /// <param name="properties">Its properties.</param>
    /// <param name="folder">Its folder, for the message.</param>
    /// <exception cref="UserErrorException">Another program wrote the checkpoint.</exception>
    public static RunSettings ReadFrom(IReadOnlyDictionary<string, string> properties, string folder)
    {
        try
        {
            ModelEntry model = ModelCatalog.Find(properties[ModelKey]);
            return new RunSettings(
                model.Name,
                DropoutNames.Variant<Dropout>(properties[PatternKey], properties[SitesKey]),
                int.Parse(properties[SeedKey], CultureInfo.InvariantCulture),
                int.Parse(properties[EpochsKey], CultureInfo.InvariantCulture),
                ReadDecay(properties, model),
                properties[DataKey]);
        }
        catch (Exception e) when (e is KeyNotFoundException or ArgumentException or FormatException or OverflowException)
        {
            throw new UserErrorException($"{folder}: the checkpoint was not written by this program's train command; give the folder of one that was.", e);
        }
    }

    /// <summary>Checkpoints that do not say it were written when every run had its model's own schedule.</summary>
    private static EpochDecay? ReadDecay(IReadOnlyDictionary<string, string> properties, ModelEntry model) =>
        properties.TryGetValue(FullEpochsKey, out string? fullEpochs)
            ? new EpochDecay(int.Parse(fullEpochs, CultureInfo.InvariantCulture), double.Parse(properties[DecayKey], CultureInfo.InvariantCulture))
            : model.Recipe.Decay;
}
