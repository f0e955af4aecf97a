using System;
using System.Collections.Generic;
using System.Linq;

namespace SdCompiler.Samples.Translator.Bpe;

/// <summary>Splits words into subwords as subword-nmt does: <c>lower</c> may become <c>low@@ er</c>.</summary>
internal sealed class BpeEncoder
{
    /// <summary>What every subword but the last of its word ends with.</summary>
    public const string Separator = "@@";

    private readonly Dictionary<BpeMerge, int> _ranks = [];
    private readonly Dictionary<string, BpeMerge> _parts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string[]> _known = new(StringComparer.Ordinal);
    private readonly IReadOnlySet<string>? _vocabulary;

    /// <summary>An encoder.</summary>
    /// <param name="codes">The merges.</param>
    /// <param name="vocabulary">Subwords as they stand in encoded text; merges that make others are undone. Null allows all.</param>
    public BpeEncoder(BpeCodes codes, IReadOnlySet<string>? vocabulary = null)
    {
        _vocabulary = vocabulary;
        foreach (BpeMerge merge in codes.Merges)
        {
            // A merge that is listed twice, and a symbol that two merges make: the first one counts.
            _ranks.TryAdd(merge, _ranks.Count);
            _parts.TryAdd(merge.Left + merge.Right, merge);
        }
    }

    /// <summary>Encodes the words of a line.</summary>
    /// <param name="line">Words separated by spaces.</param>
    /// <returns>Subwords separated by one space each.</returns>
    public string EncodeLine(string line) => string.Join(' ', Encode(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)));

    /// <summary>Encodes words.</summary>
    /// <returns>Subwords; all but the last of each word end with <see cref="Separator"/>.</returns>
    public string[] Encode(IEnumerable<string> words) => [.. words.SelectMany(EncodeWord)];

    /// <summary>Puts the words of encoded text together again.</summary>
    /// <param name="subwords">Subwords; a separator at the very end is dropped.</param>
    public static string[] Decode(IEnumerable<string> subwords)
    {
        List<string> words = [];
        string open = "";
        foreach (string subword in subwords)
        {
            if (subword.EndsWith(Separator, StringComparison.Ordinal))
            {
                open += subword[..^Separator.Length];
                continue;
            }

            words.Add(open + subword);
            open = "";
        }

        if (open.Length > 0)
        {
            words.Add(open);
        }

        return [.. words];
    }

    private string[] EncodeWord(string word)
    {
        if (!_known.TryGetValue(word, out string[]? subwords))
        {
            List<string> symbols = Merge([.. BpeCodes.Symbols(word)]);
            symbols[^1] = symbols[^1][..^BpeCodes.EndOfWord.Length];
            if (_vocabulary is not null && BpeCodes.Symbols(word).Length > 1)
            {
                symbols = [.. symbols.SelectMany((symbol, i) => Allowed(symbol, i == symbols.Count - 1))];
            }

            subwords = [.. symbols.Select((symbol, i) => i < symbols.Count - 1 ? symbol + Separator : symbol)];
            _known.Add(word, subwords);
        }

        return subwords;
    }

    /// <summary>Applies, as long as there is one, the first merge of the list that some neighbours allow, to all of them from left to right.</summary>
    private List<string> Merge(List<string> symbols)
    {
        while (true)
        {
            int best = int.MaxValue;
            BpeMerge merge = default;
            for (int i = 0; i + 1 < symbols.Count; i++)
            {
                BpeMerge pair = new(symbols[i], symbols[i + 1]);
                if (_ranks.TryGetValue(pair, out int rank) && rank < best)
                {
                    best = rank;
                    merge = pair;
                }
            }

            if (best == int.MaxValue)
            {
                return symbols;
            }

            for (int i = 0; i + 1 < symbols.Count; i++)
            {
                if (symbols[i] == merge.Left && symbols[i + 1] == merge.Right)
                {
                    symbols[i] += merge.Right;
                    symbols.RemoveAt(i + 1);
                }
            }
        }
    }

    /// <summary>A symbol, if the vocabulary has it; otherwise what the merge that made it was made of, again only as far as the vocabulary has it.</summary>
    private IEnumerable<string> Allowed(string symbol, bool isLast)
    {
        if (_vocabulary!.Contains(isLast ? symbol : symbol + Separator) || !_parts.TryGetValue(isLast ? symbol + BpeCodes.EndOfWord : symbol, out BpeMerge parts))
        {
            return [symbol];
        }

        string right = isLast ? parts.Right[..^BpeCodes.EndOfWord.Length] : parts.Right;
        return Allowed(parts.Left, false).Concat(Allowed(right, isLast));
    }
}
