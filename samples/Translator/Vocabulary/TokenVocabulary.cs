using System;
using System.Collections.Generic;
using System.Linq;

namespace SdCompiler.Samples.Translator.Vocabulary;

/// <summary>The words or subwords of a language, by number; the first numbers are those of <see cref="SpecialTokens"/>.</summary>
internal sealed class TokenVocabulary
{
    private readonly TokenEntry[] _entries;
    private readonly Dictionary<string, int> _index = new(StringComparer.Ordinal);

    private TokenVocabulary(IEnumerable<TokenEntry> others, bool hasCounts)
    {
        _entries = [.. SpecialTokens.All.Select(token => new TokenEntry(token, hasCounts ? 0 : null)), .. others];
        for (int i = 0; i < _entries.Length; i++)
        {
            _index.Add(_entries[i].Token, i);
        }
    }

    /// <summary>The number of tokens, V.</summary>
    public int Count => _entries.Length;

    /// <summary>The tokens in the order of their numbers.</summary>
    public IReadOnlyList<TokenEntry> Entries => _entries;

    /// <summary>A token by its number.</summary>
    public string this[int id] => _entries[id].Token;

    /// <summary>The tokens of a text: most frequent first, equally frequent ones in ordinal order.</summary>
    /// <param name="sentences">The training text of one language.</param>
    /// <param name="minCount">The fewest occurrences that give a token a number of its own.</param>
    /// <param name="maxSize">The most tokens, the special ones among them.</param>
    public static TokenVocabulary Of(IEnumerable<string[]> sentences, int minCount = 1, int maxSize = int.MaxValue)
    {
        Dictionary<string, long> counts = new(StringComparer.Ordinal);
        foreach (string token in sentences.SelectMany(sentence => sentence))
        {
            counts[token] = counts.GetValueOrDefault(token) + 1;
        }

        // A text may spell <unk> itself: it then has the number that it always has.
        IEnumerable<TokenEntry> tokens = counts
            .Where(pair => pair.Value >= minCount && !SpecialTokens.All.Contains(pair.Key))
            .OrderByDescending(pair => pair.Value)
            .ThenBy(pair => pair.Key, StringComparer.Ordinal)
            .Take(Math.Max(0, maxSize - SpecialTokens.All.Count))
            .Select(pair => new TokenEntry(pair.Key, pair.Value));
        return new TokenVocabulary(tokens, hasCounts: true);
    }

    /// <summary>Reads a vocabulary: its own, or any list of one token per line, with or without counts.</summary>
    /// <param name="path">A UTF-8 file, plain or compressed with gzip. Special tokens may be missing or stand anywhere; their numbers are what they always are.</param>
    /// <exception cref="DataFileException">The file cannot be read or is no such list.</exception>
    public static TokenVocabulary Read(string path) => Of(TokenListFile.Read(path));

    /// <summary>The vocabulary of a list of one token per line, as <see cref="ToText"/> gives it.</summary>
    /// <param name="name">What messages call it.</param>
    /// <param name="text">The list.</param>
    /// <exception cref="DataFileException">It is no such list.</exception>
    public static TokenVocabulary Parse(string name, string text) => Of(TokenListFile.Parse(name, text.Split('\n').SkipLast(1)));

    /// <summary>Writes the vocabulary, one token per line, with counts if it has them.</summary>
    public void Save(string path) => TokenListFile.Write(path, _entries);

    /// <summary>The vocabulary as <see cref="Save"/> writes it.</summary>
    public string ToText() => TokenListFile.Text(_entries);

    /// <summary>The number of a token; <see cref="SpecialTokens.UnknownId"/> when it has none.</summary>
    public int Find(string token) => _index.GetValueOrDefault(token, SpecialTokens.UnknownId);

    /// <summary>The numbers of tokens.</summary>
    public int[] Find(IEnumerable<string> tokens) => [.. tokens.Select(Find)];

    /// <summary>The tokens of numbers, up to the first <see cref="SpecialTokens.End"/>, without padding and <see cref="SpecialTokens.Begin"/>.</summary>
    public string[] Text(IEnumerable<int> ids) =>
        [.. ids.TakeWhile(id => id != SpecialTokens.EndId).Where(id => id is not (SpecialTokens.PaddingId or SpecialTokens.BeginId)).Select(id => this[id])];

    private static TokenVocabulary Of(IReadOnlyList<TokenEntry> entries) =>
        new(entries.Where(entry => !SpecialTokens.All.Contains(entry.Token)), entries[0].Count.HasValue);
}
