using System;
using System.Collections.Generic;

namespace SdCompiler;

/// <summary>Word vectors that another program has trained, from a text file of the kind that word2vec, GloVe and fastText write, to begin an embedding with.</summary>
/// <remarks>
/// One word per line, then its numbers, separated by spaces or tabs; a first line of two whole numbers (vectors and width) may stand above
/// them. Plain or compressed with gzip. Of a word that stands in a file twice the first vector counts. What is between the first word of a line and
/// its last numbers belongs to the word (". . ." is a word of one well-known file), unless it is a number.
/// </remarks>
public sealed class PretrainedVectors
{
    private readonly Dictionary<string, float[]> _vectors;

    private PretrainedVectors(string path, int width, long lines, Dictionary<string, float[]> vectors)
    {
        Path = path;
        Width = width;
        FileCount = lines;
        _vectors = vectors;
    }

    /// <summary>The file, as the caller gave it.</summary>
    public string Path { get; }

    /// <summary>Numbers of a vector.</summary>
    public int Width { get; }

    /// <summary>Vectors that are kept in memory.</summary>
    public int Count => _vectors.Count;

    /// <summary>Vectors of the file.</summary>
    public long FileCount { get; }

    /// <summary>Reads a file.</summary>
    /// <param name="path">A UTF-8 text file, plain or compressed with gzip.</param>
    /// <param name="words">The words that are looked for, to keep their vectors and those of their lower-case forms alone; null keeps all.</param>
    /// <param name="width">How many numbers a vector should have: what messages about a wrong file name. <see cref="Fill"/> refuses another width; 0 where any will do.</param>
    /// <exception cref="DataFileException">The file cannot be read, a line has too few or too many numbers, one that is kept has something that is no finite number, or there are not as many vectors as the first line says.</exception>
    /// <remarks>The numbers of words that nobody looks for are counted, not read: a file of two million vectors is walked in seconds.</remarks>
    public static PretrainedVectors Load(string path, IEnumerable<string>? words = null, int width = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(width);
        HashSet<string>? wanted = words is null ? null : Wanted(words);
        Dictionary<string, float[]> vectors = new(StringComparer.Ordinal);
        VectorFormat format = new(path, width);
        foreach (string line in TextFile.ReadLines(path))
        {
            if (format.Next(line) is string word && (wanted is null || wanted.Contains(word)) && !vectors.ContainsKey(word))
            {
                vectors.Add(word, format.Numbers(line));
            }
        }

        format.Finish();
        return new PretrainedVectors(path, format.Width, format.Vectors, vectors);
    }

    /// <summary>The vector of a word, as it is written or else in lower case.</summary>
    /// <param name="word">The word.</param>
    /// <param name="vector">Its <see cref="Width"/> numbers.</param>
    /// <returns>Whether there is one.</returns>
    public bool TryFind(string word, out ReadOnlyMemory<float> vector)
    {
        ArgumentNullException.ThrowIfNull(word);
        bool found = _vectors.TryGetValue(word, out float[]? numbers) || _vectors.TryGetValue(word.ToLowerInvariant(), out numbers);
        vector = numbers;
        return found;
    }

    /// <summary>Puts the vectors of a vocabulary's words into an embedding's table; words without one keep the values that they have.</summary>
    /// <param name="layer">The embedding. Not while a step runs.</param>
    /// <param name="words">The words of consecutive tokens.</param>
    /// <param name="firstToken">The token of the first word, where others (padding, the unknown word) stand before it.</param>
    /// <returns>How many words the file has.</returns>
    /// <exception cref="DataFileException">The file's vectors have another width than the table's.</exception>
    /// <exception cref="ArgumentException">The table does not have so many tokens.</exception>
    public VectorCoverage Fill(EmbeddingLayer layer, IReadOnlyList<string> words, int firstToken = 0)
    {
        ArgumentNullException.ThrowIfNull(layer);
        ArgumentNullException.ThrowIfNull(words);
        if (layer.Width != Width)
        {
            throw new DataFileException(Path, $"has vectors of {Width} numbers and the embedding '{layer.Name}' takes {layer.Width}; give a file with vectors of {layer.Width} numbers");
        }

        if (firstToken < 0 || words.Count > layer.Tokens - firstToken)
        {
            throw new ArgumentException($"'{layer.Name}' has {layer.Tokens} tokens and cannot take {words.Count} words from token {firstToken} on.", nameof(words));
        }

        float[] table = layer.Table.ToArray();
        int exact = 0;
        int lower = 0;
        for (int i = 0; i < words.Count; i++)
        {
            bool asWritten = _vectors.TryGetValue(words[i], out float[]? numbers);
            if (!asWritten && !_vectors.TryGetValue(words[i].ToLowerInvariant(), out numbers))
            {
                continue;
            }

            exact += asWritten ? 1 : 0;
            lower += asWritten ? 0 : 1;
            numbers!.CopyTo(table, (firstToken + i) * Width);
        }

        layer.Table.CopyFrom(table);
        return new VectorCoverage(words.Count, exact, lower);
    }

    private static HashSet<string> Wanted(IEnumerable<string> words)
    {
        HashSet<string> wanted = new(StringComparer.Ordinal);
        foreach (string word in words)
        {
            wanted.Add(word);
            wanted.Add(word.ToLowerInvariant());
        }

        return wanted;
    }
}
