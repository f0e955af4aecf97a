using System;
using System.Collections.Generic;
using System.Linq;

namespace SdCompiler.Samples.Translator.Bpe;

/// <summary>Learns merges from the words of a text: again and again the most frequent pair of neighbouring symbols becomes one.</summary>
/// <remarks>Source: Sennrich, Haddow and Birch 2016, arXiv:1508.07909. Counts are exact throughout, so the result depends on the words alone.</remarks>
internal sealed class BpeLearner
{
    private readonly Dictionary<string, long> _frequencies = new(StringComparer.Ordinal);
    private readonly Dictionary<BpeMerge, long> _counts = [];

    /// <summary>The words that have, or once had, a pair.</summary>
    private readonly Dictionary<BpeMerge, HashSet<int>> _wordsOf = [];

    /// <summary>Every count that a pair ever had; those that are no longer true are skipped when they come up.</summary>
    private readonly PriorityQueue<BpeMerge, (long Count, BpeMerge Pair)> _queue = new(new PairOrder());
    private readonly HashSet<BpeMerge> _changed = [];
    private List<(List<string> Symbols, long Frequency)> _words = [];

    /// <summary>Words counted so far.</summary>
    public long Words { get; private set; }

    /// <summary>Counts the words of a line.</summary>
    /// <param name="line">Words separated by spaces.</param>
    public void AddLine(string line) => AddWords(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Counts words.</summary>
    public void AddWords(IEnumerable<string> words)
    {
        foreach (string word in words)
        {
            _frequencies[word] = _frequencies.GetValueOrDefault(word) + 1;
            Words++;
        }
    }

    /// <summary>Learns merges from the words counted so far.</summary>
    /// <param name="count">The most to learn.</param>
    /// <param name="minFrequency">Pairs that occur less often are not merged.</param>
    public BpeCodes Learn(int count, int minFrequency = 2)
    {
        Start();
        List<BpeMerge> merges = [];
        while (merges.Count < count && MostFrequent() is (BpeMerge pair, long frequency) && frequency >= minFrequency)
        {
            merges.Add(pair);
            Merge(pair);
        }

        return new BpeCodes(merges);
    }

    private void Start()
    {
        _counts.Clear();
        _wordsOf.Clear();
        _queue.Clear();
        _words = [.. _frequencies.Select(pair => (BpeCodes.Symbols(pair.Key).ToList(), pair.Value))];
        for (int word = 0; word < _words.Count; word++)
        {
            Count(word, 1);
        }

        Enqueue();
    }

    private (BpeMerge Pair, long Count)? MostFrequent()
    {
        while (_queue.TryDequeue(out BpeMerge pair, out (long Count, BpeMerge Pair) entry))
        {
            if (_counts.GetValueOrDefault(pair) == entry.Count)
            {
                return (pair, entry.Count);
            }
        }

        return null;
    }

    private void Merge(BpeMerge pair)
    {
        string merged = pair.Left + pair.Right;
        foreach (int word in _wordsOf[pair].ToArray())
        {
            Count(word, -1);
            List<string> symbols = _words[word].Symbols;
            for (int i = 0; i + 1 < symbols.Count; i++)
            {
                if (symbols[i] == pair.Left && symbols[i + 1] == pair.Right)
                {
                    symbols[i] = merged;
                    symbols.RemoveAt(i + 1);
                }
            }

            Count(word, 1);
        }

        Enqueue();
    }

    /// <summary>Adds a word's pairs to the counts, or takes them out.</summary>
    private void Count(int word, int sign)
    {
        (List<string> symbols, long frequency) = _words[word];
        for (int i = 0; i + 1 < symbols.Count; i++)
        {
            BpeMerge pair = new(symbols[i], symbols[i + 1]);
            _counts[pair] = _counts.GetValueOrDefault(pair) + (sign * frequency);
            _changed.Add(pair);
            if (sign > 0)
            {
                if (!_wordsOf.TryGetValue(pair, out HashSet<int>? words))
                {
                    _wordsOf.Add(pair, words = []);
                }

                words.Add(word);
            }
        }
    }

    private void Enqueue()
    {
        foreach (BpeMerge pair in _changed)
        {
            long count = _counts[pair];
            if (count > 0)
            {
                _queue.Enqueue(pair, (count, pair));
            }
            else
            {
                _counts.Remove(pair);
                _wordsOf.Remove(pair);
            }
        }

        _changed.Clear();
    }
}
