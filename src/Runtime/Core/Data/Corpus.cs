using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.IO;

namespace SdCompiler;

/// <summary>A text for a word-level language model: three streams of word numbers over one vocabulary.</summary>
public sealed class Corpus
{
    private static readonly string[] Prefixes = ["ptb.", ""];
    private static readonly string[] Suffixes = [".txt", ".txt.gz"];

    private readonly int[][] _splits;

    /// <summary>A corpus from streams in memory.</summary>
    /// <param name="vocabulary">The words.</param>
    /// <param name="train">Word numbers; lines end with <see cref="Vocabulary.EndOfSentenceId"/>.</param>
    /// <param name="valid">The same for the validation text.</param>
    /// <param name="test">The same for the test text; may be empty.</param>
    public Corpus(Vocabulary vocabulary, int[] train, int[] valid, int[] test)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        Vocabulary = vocabulary;
        _splits = [train, valid, test];
    }

    /// <summary>The words, numbered by their frequency in the training text.</summary>
    public Vocabulary Vocabulary { get; }

    /// <summary>The training text.</summary>
    public ReadOnlyMemory<int> Train => _splits[0];

    /// <summary>The validation text.</summary>
    public ReadOnlyMemory<int> Valid => _splits[1];

    /// <summary>The test text; empty when the folder has none.</summary>
    public ReadOnlyMemory<int> Test => _splits[2];

    /// <summary>One of the three texts.</summary>
    /// <param name="split">Which.</param>
    public ReadOnlyMemory<int> this[CorpusSplit split] => _splits[(int)split];

    /// <summary>Reads a folder with <c>ptb.train.txt</c> or <c>train.txt</c>, the same for <c>valid</c> and, if there is one, <c>test</c>; each also as <c>.txt.gz</c>.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>The vocabulary of the training text and the three streams, one <see cref="Vocabulary.EndOfSentence"/> after each line.</returns>
    /// <exception cref="DataFileException">The folder or a file is missing, empty, no text, or uses a word that the training text lacks.</exception>
    public static Corpus Load(string folder)
    {
        Vocabulary vocabulary = LoadVocabulary(folder);
        int[] train = LoadSplit(folder, CorpusSplit.Train, vocabulary);
        int[] valid = LoadSplit(folder, CorpusSplit.Valid, vocabulary);
        int[] test = TryFindFile(folder, CorpusSplit.Test, out _) ? LoadSplit(folder, CorpusSplit.Test, vocabulary) : [];
        return new Corpus(vocabulary, train, valid, test);
    }

    /// <summary>The vocabulary of a folder's training text.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="DataFileException">The folder or the file is missing, empty or no text.</exception>
    public static Vocabulary LoadVocabulary(string folder)
    {
        string path = FindFile(folder, CorpusSplit.Train);
        VocabularyCounter counter = new();
        long lines = 0;
        foreach (string line in TextFile.ReadLines(path))
        {
            counter.AddLine(line);
            lines++;
        }

        if (counter.Tokens == lines)
        {
            throw Empty(path);
        }

        return counter.ToVocabulary();
    }

    /// <summary>Reads one split with a given vocabulary; words outside it become <see cref="Vocabulary.UnknownWord"/>.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="split">Which text.</param>
    /// <param name="vocabulary">The words that have numbers.</param>
    /// <exception cref="DataFileException">The file is missing, empty or no text, or has a word outside a vocabulary without <see cref="Vocabulary.UnknownWord"/>.</exception>
    public static int[] LoadSplit(string folder, CorpusSplit split, Vocabulary vocabulary)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        string path = FindFile(folder, split);
        List<int> tokens = [];
        long number = 0;
        foreach (string line in TextFile.ReadLines(path))
        {
            number++;
            foreach (ReadOnlySpan<char> word in new WordSplitter(line))
            {
                int id = vocabulary.Find(word);
                if (id < 0)
                {
                    id = vocabulary.UnknownId;
                }

                if (id < 0)
                {
                    throw new DataFileException(path, number, $"the word '{word}' is not among the {vocabulary.Count} words of the vocabulary, which has no {Vocabulary.UnknownWord} to stand for it; write rare words of the training text as {Vocabulary.UnknownWord}");
                }

                tokens.Add(id);
            }

            tokens.Add(vocabulary.EndOfSentenceId);
        }

        if (tokens.Count == number)
        {
            throw Empty(path);
        }

        return [.. tokens];
    }

    /// <summary>The file of a split, if the folder has it.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="split">Which text.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="DataFileException">The folder itself is missing.</exception>
    public static bool TryFindFile(string folder, CorpusSplit split, [NotNullWhen(true)] out string? path)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        if (!Directory.Exists(folder))
        {
            throw new DataFileException(folder, File.Exists(folder)
                ? "is a file; give the folder that holds train.txt, valid.txt and test.txt"
                : "the folder does not exist; give one that holds train.txt, valid.txt and test.txt");
        }

        foreach (string prefix in Prefixes)
        {
            foreach (string suffix in Suffixes)
            {
                path = Path.Combine(folder, prefix + SplitName(split) + suffix);
                if (File.Exists(path))
                {
                    return true;
                }
            }
        }

        path = null;
        return false;
    }

    private static string FindFile(string folder, CorpusSplit split)
    {
        if (TryFindFile(folder, split, out string? path))
        {
            return path;
        }

        string name = SplitName(split);
        throw new DataFileException(folder, $"the folder has no {name} text; name it {name}.txt or ptb.{name}.txt (or the same with .gz)");
    }

    private static string SplitName(CorpusSplit split) => split switch
    {
        CorpusSplit.Train => "train",
        CorpusSplit.Valid => "valid",
        CorpusSplit.Test => "test",
        _ => throw new ArgumentOutOfRangeException(nameof(split), split, "A corpus has the splits Train, Valid and Test."),
    };

    private static DataFileException Empty(string path) =>
        new(path, "holds no words; give a text with one sentence per line");
}
