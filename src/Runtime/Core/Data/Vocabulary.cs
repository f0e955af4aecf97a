using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Text;

namespace SdCompiler;

/// <summary>The words that a model knows, numbered from 0.</summary>
public sealed class Vocabulary : IEquatable<Vocabulary>
{
    /// <summary>The token that ends each line of text.</summary>
    public const string EndOfSentence = "<eos>";

    /// <summary>The token that stands for words outside the vocabulary.</summary>
    public const string UnknownWord = "<unk>";

    private readonly string[] _words;
    private readonly Dictionary<string, int> _index;

    /// <summary>A vocabulary of given words, in their order.</summary>
    /// <param name="words">Distinct, not empty, without white space; <see cref="EndOfSentence"/> must be among them.</param>
    /// <exception cref="ArgumentException">A word is empty, holds white space or occurs twice, or <see cref="EndOfSentence"/> is missing.</exception>
    public Vocabulary(IEnumerable<string> words)
    {
        ArgumentNullException.ThrowIfNull(words);
        _words = words.ToArray();
        _index = new Dictionary<string, int>(_words.Length, StringComparer.Ordinal);
        for (int i = 0; i < _words.Length; i++)
        {
            string word = _words[i];
            if (string.IsNullOrEmpty(word) || word.Any(char.IsWhiteSpace))
            {
                throw new ArgumentException($"Word {i} of the vocabulary is '{word}'; a word is not empty and holds no white space.", nameof(words));
            }

            if (!_index.TryAdd(word, i))
            {
                throw new ArgumentException($"The word '{word}' occurs twice in the vocabulary, as {_index[word]} and as {i}.", nameof(words));
            }
        }

        EndOfSentenceId = Find(EndOfSentence);
        UnknownId = Find(UnknownWord);
        if (EndOfSentenceId < 0)
        {
            throw new ArgumentException($"The vocabulary lacks {EndOfSentence}, which ends each line of text.", nameof(words));
        }
    }

    /// <summary>The number of words, V.</summary>
    public int Count => _words.Length;

    /// <summary>The words in the order of their numbers.</summary>
    public IReadOnlyList<string> Words => _words;

    /// <summary>The number of <see cref="EndOfSentence"/>.</summary>
    public int EndOfSentenceId { get; }

    /// <summary>The number of <see cref="UnknownWord"/>; -1 when the vocabulary has none.</summary>
    public int UnknownId { get; }

    /// <summary>A word by its number.</summary>
    /// <param name="id">From 0 up to, not including, <see cref="Count"/>.</param>
    public string this[int id] => _words[id];

    /// <summary>The words of a text, each once: most frequent first, equally frequent ones in ordinal order.</summary>
    /// <param name="lines">Lines of words separated by white space; <see cref="EndOfSentence"/> is counted once per line.</param>
    public static Vocabulary FromLines(IEnumerable<string> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        VocabularyCounter counter = new();
        foreach (string line in lines)
        {
            counter.AddLine(line);
        }

        return counter.ToVocabulary();
    }

    /// <summary>The number of a word, or -1.</summary>
    /// <param name="word">Compared by ordinal value.</param>
    public int Find(string word) => _index.TryGetValue(word, out int id) ? id : -1;

    /// <summary>The number of a word, or -1.</summary>
    /// <param name="word">Compared by ordinal value.</param>
    public int Find(ReadOnlySpan<char> word) => _index.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(word, out int id) ? id : -1;

    /// <summary>A text of word numbers; <see cref="EndOfSentence"/> ends a line.</summary>
    /// <param name="tokens">Numbers below <see cref="Count"/>.</param>
    public string Text(ReadOnlySpan<int> tokens)
    {
        StringBuilder text = new();
        bool lineStart = true;
        foreach (int token in tokens)
        {
            if (token == EndOfSentenceId)
            {
                text.Append('\n');
                lineStart = true;
                continue;
            }

            text.Append(lineStart ? "" : " ").Append(_words[token]);
            lineStart = false;
        }

        return text.ToString();
    }

    /// <summary>SHA-256 of the words, each ended by <c>\n</c>, in lower-case hexadecimal: equal exactly when words and order are.</summary>
    public string Hash()
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string word in _words)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(word + "\n"));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <inheritdoc/>
    public bool Equals(Vocabulary? other) => other is not null && _words.AsSpan().SequenceEqual(other._words);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Vocabulary);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_words.Length, _words[0], _words[^1]);
}
