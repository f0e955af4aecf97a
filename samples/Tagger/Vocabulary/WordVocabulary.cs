using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using SdCompiler.Samples.Tagger.Columns;

namespace SdCompiler.Samples.Tagger.Vocabulary;

/// <summary>The words that a tagger knows, by number.</summary>
internal sealed class WordVocabulary
{
    private const string Kind = "#words";

    private readonly TokenTable _table;

    private WordVocabulary(VocabularyOptions options, TokenTable table)
    {
        Options = options;
        _table = table;
    }

    /// <summary>What counts as the same word.</summary>
    public VocabularyOptions Options { get; }

    /// <summary>All numbers; 0 is <see cref="TokenTable.PaddingId"/> and 1 <see cref="TokenTable.UnknownId"/>.</summary>
    public int Count => _table.Count;

    /// <summary>The words with numbers of their own, from number 2 on, with their counts.</summary>
    public IReadOnlyList<KeyValuePair<string, long>> Words => _table.Entries;

    /// <summary>The words of a text: most frequent first, equally frequent ones in ordinal order.</summary>
    /// <param name="sentences">The training text.</param>
    /// <param name="options">What counts as the same word, and how often it must occur.</param>
    public static WordVocabulary Of(IEnumerable<TaggedSentence> sentences, VocabularyOptions options)
    {
        Dictionary<string, long> counts = new(StringComparer.Ordinal);
        foreach (string word in sentences.SelectMany(sentence => sentence.Words))
        {
            string key = Normalise(word, options);
            counts[key] = counts.GetValueOrDefault(key) + 1;
        }

        return new WordVocabulary(options, TokenTable.Of(counts, options.MinCount));
    }

    /// <summary>Reads a vocabulary that <see cref="Save"/> has written.</summary>
    /// <exception cref="DataFileException">The file cannot be read or is no word vocabulary.</exception>
    public static WordVocabulary Load(string path)
    {
        (string heading, TokenTable table) = TableFile.Load(path, Kind);
        string[] parts = heading.Split(' ');
        if (parts.Length == 4
            && Flag(parts[1], "lower-case=") is bool lowerCase
            && Flag(parts[2], "digits-to-zero=") is bool digitsToZero
            && parts[3].StartsWith("min-count=", StringComparison.Ordinal)
            && int.TryParse(parts[3].AsSpan("min-count=".Length), NumberStyles.None, CultureInfo.InvariantCulture, out int minCount))
        {
            return new WordVocabulary(new VocabularyOptions(lowerCase, digitsToZero, minCount), table);
        }

        throw new DataFileException(path, 1, $"is not '{Heading(new VocabularyOptions())}' with yes or no and a number; give an undamaged vocabulary");
    }

    /// <summary>Writes the vocabulary as text.</summary>
    public void Save(string path) => TableFile.Save(path, Heading(Options), _table);

    /// <summary>The vocabulary as text, as <see cref="Save"/> writes it.</summary>
    public string ToText() => TableFile.ToText(Heading(Options), _table);

    /// <summary>This vocabulary with more words, which the training text does not have, behind its own.</summary>
    /// <param name="words">Words as they stand in a text, in any order; those that are known already add nothing.</param>
    /// <param name="wanted">Which of their forms are taken.</param>
    public WordVocabulary With(IEnumerable<string> words, Func<string, bool> wanted)
    {
        IEnumerable<string> more = words.Select(word => Normalise(word, Options)).Distinct()
            .Where(form => _table.Find(form) == TokenTable.UnknownId && wanted(form)).Order(StringComparer.Ordinal);
        return new WordVocabulary(Options, new TokenTable(_table.Entries.Concat(more.Select(form => KeyValuePair.Create(form, 0L)))));
    }

    /// <summary>The number of a word as it stands in a text.</summary>
    public int Find(string word) => _table.Find(Normalise(word, Options));

    /// <summary>How often the training text has a numbered word; 0 for padding and the unknown.</summary>
    public long Occurrences(int id) => _table.Occurrences(id);

    /// <summary>A word with its digits as 0.</summary>
    public static string DigitsToZero(string word) => word.Any(char.IsAsciiDigit)
        ? string.Create(word.Length, word, (span, source) =>
        {
            for (int i = 0; i < span.Length; i++)
            {
                span[i] = char.IsAsciiDigit(source[i]) ? '0' : source[i];
            }
        })
        : word;

    /// <summary>The form in which a word is looked up.</summary>
    private static string Normalise(string word, VocabularyOptions options)
    {
        string text = options.LowerCase ? word.ToLowerInvariant() : word;
        return options.DigitsToZero ? DigitsToZero(text) : text;
    }

    private static string Heading(VocabularyOptions options) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Kind} lower-case={YesNo(options.LowerCase)} digits-to-zero={YesNo(options.DigitsToZero)} min-count={options.MinCount}");

    private static string YesNo(bool value) => value ? "yes" : "no";

    private static bool? Flag(string text, string name) => text == name + "yes" ? true : text == name + "no" ? false : null;
}
