using System;
using System.Collections.Generic;
using System.Globalization;
using SdCompiler.Samples.Shared;
using SdCompiler.Samples.Translator.Data;
using SdCompiler.Samples.Translator.Models;

namespace SdCompiler.Samples.Translator.Training;

/// <summary>What decides the result of a run; a checkpoint carries it, and a resumed run must have the same.</summary>
/// <param name="Model">The model's name on the command line.</param>
/// <param name="Variant">The dropout regime.</param>
/// <param name="Seed">Of first weights, masks and orders.</param>
/// <param name="Recipe">How it is trained; a resumed run may have more epochs.</param>
/// <param name="Languages">Which way it translates.</param>
/// <param name="DataHash">SHA-256 of the training pairs.</param>
internal sealed record RunSettings(string Model, Dropout Variant, int Seed, TrainingRecipe Recipe, LanguagePair Languages, string DataHash)
{
    private const string ModelKey = "model";
    private const string PatternKey = "pattern";
    private const string SitesKey = "sites";
    private const string SeedKey = "seed";
    private const string EpochsKey = "epochs";
    private const string OptimizerKey = "optimizer";
    private const string RateKey = "rate";
    private const string FullEpochsKey = "full-epochs";
    private const string DecayKey = "decay";
    private const string ClipKey = "clip";
    private const string SourceKey = "from";
    private const string TargetKey = "to";
    private const string DataKey = "data";

    /// <summary>Writes the settings into a checkpoint's properties.</summary>
    public void WriteTo(IDictionary<string, string> properties)
    {
        properties[ModelKey] = Model;
        properties[PatternKey] = DropoutNames.Pattern(Variant);
        properties[SitesKey] = DropoutNames.SitesOf(Variant);
        properties[SeedKey] = Text(Seed);
        properties[EpochsKey] = Text(Recipe.Epochs);
        properties[OptimizerKey] = Recipe.Optimizer;
        properties[RateKey] = Text(Recipe.Rate);
        properties[FullEpochsKey] = Text(Recipe.FullEpochs);
        properties[DecayKey] = Text(Recipe.Decay);
        properties[ClipKey] = Text(Recipe.ClipNorm);
        properties[SourceKey] = Languages.Source;
        properties[TargetKey] = Languages.Target;
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
                properties[ModelKey],
                DropoutNames.Variant<Dropout>(properties[PatternKey], properties[SitesKey]),
                Whole(SeedKey),
                new TrainingRecipe(Whole(EpochsKey), properties[OptimizerKey], Number(RateKey), Whole(FullEpochsKey), Number(DecayKey), Number(ClipKey)),
                new LanguagePair(properties[SourceKey], properties[TargetKey]),
                properties[DataKey]);
        }
        catch (Exception e) when (e is KeyNotFoundException or ArgumentException or FormatException or OverflowException)
        {
            throw NotOurs(folder, e);
        }

        int Whole(string key) => int.Parse(properties[key], CultureInfo.InvariantCulture);

        double Number(string key) => double.Parse(properties[key], CultureInfo.InvariantCulture);
    }

    /// <summary>What to say about a checkpoint of another program.</summary>
    public static UserErrorException NotOurs(string folder, Exception? inner = null) =>
        new($"{folder}: the checkpoint was not written by this program's train command; give the folder of one that was.", inner);

    /// <summary>Settings as the checkpoint and messages spell them.</summary>
    public static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
