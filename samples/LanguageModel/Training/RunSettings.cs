using System;
using System.Collections.Generic;
using System.Globalization;
using SdCompiler.Samples.LanguageModel.Commands;
using SdCompiler.Samples.LanguageModel.Models;

namespace SdCompiler.Samples.LanguageModel.Training;

/// <summary>What decides the result of a run; a checkpoint carries it, and a resumed run must have the same.</summary>
/// <param name="Model">The model's name on the command line.</param>
/// <param name="Variant">The dropout regime.</param>
/// <param name="Seed">Of first weights and masks.</param>
/// <param name="Epochs">Passes over the training text; a resumed run may have more.</param>
/// <param name="DataHash">SHA-256 of the training stream and its vocabulary.</param>
internal sealed record RunSettings(string Model, Dropout Variant, int Seed, int Epochs, string DataHash)
{
    private const string ModelKey = "model";
    private const string PatternKey = "pattern";
    private const string SitesKey = "sites";
    private const string SeedKey = "seed";
    private const string EpochsKey = "epochs";
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
    }

    /// <summary>Reads the settings of a checkpoint.</summary>
    /// <param name="properties">Its properties.</param>
    /// <param name="folder">Its folder, for the message.</param>
    /// <exception cref="UserErrorException">Another program wrote the checkpoint.</exception>
    public static RunSettings ReadFrom(IReadOnlyDictionary<string, string> properties, string folder)
    {
        try
        {
            return new RunSettings(
                ModelCatalog.Find(properties[ModelKey]).Name,
                DropoutNames.Variant(properties[PatternKey], properties[SitesKey]),
                int.Parse(properties[SeedKey], CultureInfo.InvariantCulture),
                int.Parse(properties[EpochsKey], CultureInfo.InvariantCulture),
                properties[DataKey]);
        }
        catch (Exception e) when (e is KeyNotFoundException or ArgumentException or FormatException or OverflowException)
        {
            throw new UserErrorException($"{folder}: the checkpoint was not written by this program's train command; give the folder of one that was.", e);
        }
    }
}
