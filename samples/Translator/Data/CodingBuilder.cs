using System.Collections.Generic;
using System.Linq;
using SdCompiler.Samples.Shared;
using SdCompiler.Samples.Translator.Bpe;
using SdCompiler.Samples.Translator.Text;
using SdCompiler.Samples.Translator.Vocabulary;

namespace SdCompiler.Samples.Translator.Data;

/// <summary>Makes the coding of a training text: what the user names comes first, then what lies beside the text, and the rest is counted or learned.</summary>
internal static class CodingBuilder
{
    /// <summary>Whole words need a number for what is rare, and its vector has to be learned from something; pieces of words are all known.</summary>
    private const int MinWordCount = 2;

    /// <summary>The coding.</summary>
    /// <param name="options">What the user said.</param>
    /// <param name="folder">The folder with the texts; null where there is none.</param>
    /// <param name="train">The training text.</param>
    /// <exception cref="UsageException">Options contradict each other.</exception>
    /// <exception cref="DataFileException">A file cannot be used.</exception>
    public static TextCoding Build(CodingOptions options, PairFolder? folder, ParallelText train)
    {
        Check(options);
        BpeCodes? codes = Codes(options, folder, train);
        string? source = options.SourceVocabulary ?? FoundVocabulary(options, folder, folder?.Languages.Source);
        string? target = options.TargetVocabulary ?? FoundVocabulary(options, folder, folder?.Languages.Target);
        return new TextCoding(
            codes,
            Vocabulary(source, options, codes, train.Pairs.Select(pair => pair.Source)),
            Vocabulary(target, options, codes, train.Pairs.Select(pair => pair.Target)));
    }

    /// <summary>Refuses options of which one would not be heeded.</summary>
    private static void Check(CodingOptions options)
    {
        if (options is { Bpe: not null, BpeMerges: not null })
        {
            throw new UsageException("--bpe names merges and --bpe-merges learns them; leave one of the two out.");
        }

        if (options is { MinCount: not null, SourceVocabulary: not null, TargetVocabulary: not null })
        {
            throw new UsageException("--min-count is for vocabularies that are counted, and both are given; leave it out, or one of --source-vocabulary and --target-vocabulary.");
        }
    }

    private static BpeCodes? Codes(CodingOptions options, PairFolder? folder, ParallelText train)
    {
        if (options.BpeMerges is int merges)
        {
            BpeLearner learner = new();
            foreach (SentencePair pair in train.Pairs)
            {
                learner.AddWords(pair.Source);
                learner.AddWords(pair.Target);
            }

            return learner.Learn(merges);
        }

        string? path = options.Bpe ?? FoundCodes(folder);
        return path is null or CodingOptions.NoMerges ? null : BpeCodes.Read(path);
    }

    private static string? FoundCodes(PairFolder? folder)
    {
        string[] found = folder?.FilesEnding(".codes") ?? [];
        return found.Length <= 1
            ? found.FirstOrDefault()
            : throw new DataFileException(folder!.Path, $"holds {found.Length} files of merges ({string.Join(", ", found.Select(System.IO.Path.GetFileName))}); name one with --bpe, or say --bpe none");
    }

    private static string? FoundVocabulary(CodingOptions options, PairFolder? folder, string? language) =>
        options.TakesFoundVocabularies ? folder?.File($"vocab.{language}") : null;

    private static TokenVocabulary Vocabulary(string? path, CodingOptions options, BpeCodes? codes, IEnumerable<string[]> sentences)
    {
        if (path is not null)
        {
            return TokenVocabulary.Read(path);
        }

        BpeEncoder? encoder = codes is null ? null : new BpeEncoder(codes);
        return TokenVocabulary.Of(encoder is null ? sentences : sentences.Select(encoder.Encode), options.MinCount ?? (codes is null ? MinWordCount : 1));
    }
}
