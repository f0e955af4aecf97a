using System;
using System.Collections.Generic;
using System.Linq;

namespace SdCompiler;

/// <summary>Counts words, line by line, into a vocabulary: a text need not be held in memory to be counted.</summary>
public sealed class VocabularyCounter
{
    private readonly Dictionary<string, long> _counts = new(StringComparer.Ordinal);

    /// <summary>Words counted so far, the ends of lines among them.</summary>
    public long Tokens { get; private set; }

    /// <summary>Counts the words of a line and one <see cref="Vocabulary.EndOfSentence"/>.</summary>
    /// <param name="line">Words separated by white space.</param>
    public void AddLine(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        foreach (ReadOnlySpan<char> word in new WordSplitter(line))
        {
            Add(word);
        }

        Add(Vocabulary.EndOfSentence);
    }

    /// <summary>The words, most frequent first, equally frequent ones in ordinal order.</summary>
    /// <remarks>Before any line the vocabulary holds <see cref="Vocabulary.EndOfSentence"/> alone.</remarks>
    public Vocabulary ToVocabulary()
    {
        IEnumerable<string> words = _counts
            .OrderByDescending(pair => pair.Value)
            .ThenBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => pair.Key);
        return new Vocabulary(_counts.Count == 0 ? [Vocabulary.EndOfSentence] : words);
    }

    private void Add(ReadOnlySpan<char> word)
    {
        Dictionary<string, long>.AlternateLookup<ReadOnlySpan<char>> counts = _counts.GetAlternateLookup<ReadOnlySpan<char>>();
        counts.TryGetValue(word, out long count);
        counts[word] = count + 1;
        Tokens++;
    }
}
