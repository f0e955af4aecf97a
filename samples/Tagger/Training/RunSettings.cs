using System;
using System.Collections.Generic;
using System.Globalization;
using SdCompiler.Samples.Shared;
using SdCompiler.Samples.Tagger.Models;

namespace SdCompiler.Samples.Tagger.Training;

/// <summary>What decides the result of a run; a checkpoint carries it, and a resumed run must have the same.</summary>
/// <param name="Variant">The dropout regime.</param>
/// <param name="Seed">Of first weights, masks, orders and forgotten words.</param>
/// <param name="Epochs">Passes over the training text; a resumed run may have more.</param>
/// <param name="Bucketed">Whether a batch has sentences of similar length.</param>
/// <param name="Kind">Which class the tagger is of.</param>
/// <param name="DataHash">SHA-256 of the training text.</param>
internal sealed record RunSettings(Dropout Variant, int Seed, int Epochs, bool Bucketed, TaggerKind Kind, string DataHash)
{
    private const string PatternKey = "pattern";
    private const string SitesKey = "sites";
    private const string SeedKey = "seed";
    private const string EpochsKey = "epochs";
    private const string BatchesKey = "batches";
    private const string FineTuneKey = "fine-tune";
    private const string SpellingKey = "spelling";
    private const string DataKey = "data";

    /// <summary>Values of <c>--batches</c>.</summary>
    public static readonly string[] BatchNames = ["bucketed", "shuffled"];

    /// <summary>The value of <c>--batches</c>.</summary>
    public string Batches => BatchNames[Bucketed ? 0 : 1];

    /// <summary>Values of <c>--fine-tune</c>.</summary>
    public static readonly string[] FineTuneNames = ["on", "off"];

    /// <summary>The value of <c>--fine-tune</c>.</summary>
    public string FineTune => FineTuneNames[Kind.FineTuned ? 0 : 1];

    /// <summary>Values of <c>--spelling</c>.</summary>
    public static readonly string[] SpellingNames = ["cnn", "lstm"];

    /// <summary>The value of <c>--spelling</c>.</summary>
    public string Spelling => SpellingNames[Kind.ReadsLetters ? 1 : 0];

    /// <summary>A checkpoint from before there was a choice has a convolution.</summary>
    private static bool ReadsLetters(IReadOnlyDictionary<string, string> properties) => properties.TryGetValue(SpellingKey, out string? spelling) && spelling == SpellingNames[1];

    /// <summary>Writes the settings into a checkpoint's properties.</summary>
    public void WriteTo(IDictionary<string, string> properties)
    {
        properties[PatternKey] = DropoutNames.Pattern(Variant);
        properties[SitesKey] = DropoutNames.SitesOf(Variant);
        properties[SeedKey] = Seed.ToString(CultureInfo.InvariantCulture);
        properties[EpochsKey] = Epochs.ToString(CultureInfo.InvariantCulture);
        properties[BatchesKey] = Batches;
        properties[FineTuneKey] = FineTune;
        properties[SpellingKey] = Spelling;
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
                DropoutNames.Variant<Dropout>(properties[PatternKey], properties[SitesKey]),
                int.Parse(properties[SeedKey], CultureInfo.InvariantCulture),
                int.Parse(properties[EpochsKey], CultureInfo.InvariantCulture),
                properties[BatchesKey] == BatchNames[0],
                new TaggerKind(properties[FineTuneKey] == FineTuneNames[0], ReadsLetters(properties)),
                properties[DataKey]);
        }
        catch (Exception e) when (e is KeyNotFoundException or ArgumentException or FormatException or OverflowException)
        {
            throw new UserErrorException($"{folder}: the checkpoint was not written by this program's train command; give the folder of one that was.", e);
        }
    }
}
