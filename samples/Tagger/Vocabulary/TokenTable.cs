using System;
using System.Collections.Generic;
using System.Linq;

namespace SdCompiler.Samples.Tagger.Vocabulary;

/// <summary>Numbered tokens with their counts: number 0 pads, number 1 stands for what has no number of its own.</summary>
internal sealed class TokenTable
{
    /// <summary>The number that fills up short rows.</summary>
    public const int PaddingId = 0;

    /// <summary>The number of everything that is not in the table.</summary>
    public const int UnknownId = 1;

    private readonly KeyValuePair<string, long>[] _entries;
    private readonly Dictionary<string, int> _index = new(StringComparer.Ordinal);

    /// <summary>A table of tokens in the order of their numbers, which begin at 2.</summary>
    /// <exception cref="ArgumentException">A token occurs twice.</exception>
    public TokenTable(IEnumerable<KeyValuePair<string, long>> entries)
    {
        _entries = entries.ToArray();
        for (int i = 0; i < _entries.Length; i++)
        {
            _index.Add(_entries[i].Key, i + UnknownId + 1);
        }
    }

    /// <summary>All numbers, those of padding and the unknown among them.</summary>
    public int Count => _entries.Length + UnknownId + 1;

    /// <summary>The tokens with numbers of their own, from number 2 on.</summary>
    public IReadOnlyList<KeyValuePair<string, long>> Entries => _entries;

    /// <summary>The table of counted tokens: most frequent first, equally frequent ones in ordinal order.</summary>
    public static TokenTable Of(Dictionary<string, long> counts, int minCount) => new(counts
        .Where(pair => pair.Value >= minCount)
        .OrderByDescending(pair => pair.Value)
        .ThenBy(pair => pair.Key, StringComparer.Ordinal));

    /// <summary>The number of a token; <see cref="UnknownId"/> when it has none.</summary>
    public int Find(string token) => _index.GetValueOrDefault(token, UnknownId);

    /// <summary>How often a numbered token was counted; 0 for padding and the unknown.</summary>
    public long Occurrences(int id) => id > UnknownId ? _entries[id - UnknownId - 1].Value : 0;
}
