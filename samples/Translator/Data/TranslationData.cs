using System;
using System.Collections.Generic;
using System.Linq;
using SdCompiler.Samples.Shared;
using SdCompiler.Samples.Translator.Embedded;
using SdCompiler.Samples.Translator.Text;

namespace SdCompiler.Samples.Translator.Data;

/// <summary>The texts of a run in numbers: the user's, or the sample's own.</summary>
/// <param name="Name">What messages call them.</param>
/// <param name="Languages">Which way is translated.</param>
/// <param name="Coding">How words became numbers.</param>
/// <param name="Train">The pairs to learn from; none is longer than the model's window.</param>
/// <param name="TooLong">How many pairs were left out of them because they are.</param>
/// <param name="Empty">How many were left out because a side had no words.</param>
/// <param name="Valid">All lines of the validation text.</param>
/// <param name="Test">All lines of the test text; null without one.</param>
internal sealed record TranslationData(
    string Name,
    LanguagePair Languages,
    TextCoding Coding,
    IReadOnlyList<EncodedPair> Train,
    int TooLong,
    int Empty,
    IReadOnlyList<EncodedPair> Valid,
    IReadOnlyList<EncodedPair>? Test)
{
    private const ulong OwnSeed = 1;
    private const int OwnMerges = 300;

    /// <summary>Loads the texts of a folder, or the sample's own.</summary>
    /// <param name="data">Where they are.</param>
    /// <param name="coding">How words become numbers, as far as the user said it.</param>
    /// <param name="steps">The model's window: the most tokens of a side, the end of the sentence among them.</param>
    /// <exception cref="UsageException">Options contradict each other.</exception>
    /// <exception cref="DataFileException">The texts cannot be used.</exception>
    public static TranslationData Load(DataOptions data, CodingOptions coding, int steps) => data.Folder is null
        ? Own(train => CodingBuilder.Build(coding is { Bpe: null, BpeMerges: null } ? coding with { BpeMerges = OwnMerges } : coding, null, train), steps)
        : Load(data, (folder, train) => CodingBuilder.Build(coding, folder, train), steps);

    /// <summary>Loads the texts of a folder, or the sample's own, with a checkpoint's coding.</summary>
    /// <exception cref="DataFileException">The texts cannot be used.</exception>
    public static TranslationData Load(DataOptions data, TextCoding coding, int steps) => data.Folder is null
        ? Own(_ => coding, steps)
        : Load(data, (_, _) => coding, steps);

    /// <summary>Loads one part of a folder with a checkpoint's coding.</summary>
    /// <param name="data">Where it is; the languages are known.</param>
    /// <param name="part">The part.</param>
    /// <param name="coding">How words become numbers.</param>
    /// <exception cref="DataFileException">It cannot be used.</exception>
    public static IReadOnlyList<EncodedPair> LoadPart(DataOptions data, TextPart part, TextCoding coding)
    {
        if (data.Folder is null)
        {
            EmbeddedPairs own = EmbeddedPairs.Draw(OwnSeed);
            return Encode(part == TextPart.Test ? own.Test : own.Dev, coding);
        }

        return Read(PairFolder.Open(data.Folder, data.From, data.To, data.Prefixes).Need(part), coding);
    }

    private static TranslationData Load(DataOptions data, Func<PairFolder, ParallelText, TextCoding> coding, int steps)
    {
        PairFolder folder = PairFolder.Open(data.Folder!, data.From, data.To, data.Prefixes);
        PairFiles files = folder.Need(TextPart.Train);
        PairFiles valid = folder.Need(TextPart.Valid);
        PairFiles? test = folder.Find(TextPart.Test);
        ParallelText train = ParallelText.Read(files.Source, files.Target);
        TextCoding made = coding(folder, train);
        return Encode(folder.Path, files.Source, valid.Source, folder.Languages, made, train, steps, Read(valid, made), test is null ? null : Read(test, made));
    }

    /// <summary>A quarter of the joined nouns of validation and test never stands in the training text: as whole words they could not be translated, so they are split.</summary>
    private static TranslationData Own(Func<ParallelText, TextCoding> coding, int steps)
    {
        EmbeddedPairs own = EmbeddedPairs.Draw(OwnSeed);
        ParallelText train = ParallelText.Of(own.Train);
        TextCoding made = coding(train);
        const string Name = "the sample's own texts";
        return Encode(Name, Name, Name, EmbeddedPairs.Languages, made, train, steps, Encode(own.Dev, made), Encode(own.Test, made));
    }

    private static TranslationData Encode(
        string name, string trainFile, string validFile, LanguagePair languages, TextCoding coding, ParallelText train, int steps, IReadOnlyList<EncodedPair> valid, IReadOnlyList<EncodedPair>? test)
    {
        EncodedPair[] pairs = Encode(train.Pairs, coding).Where(pair => pair.Steps <= steps).ToArray();
        CheckFits(pairs.Length > 0, trainFile, steps);
        CheckFits(valid.Any(pair => pair.Steps <= steps), validFile, steps);
        return new TranslationData(name, languages, coding, pairs, train.Pairs.Count - pairs.Length, train.Skipped, valid, test);
    }

    /// <summary>Without a pair that the window takes there is nothing to train on, and no validation to go by.</summary>
    private static void CheckFits(bool any, string file, int steps)
    {
        if (!any)
        {
            throw new DataFileException(file, $"has no pair of at most {steps - 1} tokens a side, which is what the model's window takes; give shorter sentences, or a model with more TimeSteps");
        }
    }

    /// <summary>All lines of two files: each line of a text to be measured on gets its translation.</summary>
    private static EncodedPair[] Read(PairFiles files, TextCoding coding) => Encode(ParallelText.Read(files.Source, files.Target, EmptyLines.Keep).Pairs, coding);

    private static EncodedPair[] Encode(IEnumerable<SentencePair> pairs, TextCoding coding) => pairs.Select(coding.Encode).ToArray();
}
