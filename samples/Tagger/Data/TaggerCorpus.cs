using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using SdCompiler.Samples.Shared;
using SdCompiler.Samples.Tagger.Columns;
using SdCompiler.Samples.Tagger.Embedded;
using SdCompiler.Samples.Tagger.Prediction;
using SdCompiler.Samples.Tagger.Tags;

namespace SdCompiler.Samples.Tagger.Data;

/// <summary>The text of a run: the user's, or the sample's own. All tags are BIOES.</summary>
/// <param name="Name">What messages call it.</param>
/// <param name="Train">Sentences to learn from.</param>
/// <param name="Valid">Sentences to choose an epoch by.</param>
/// <param name="Test">Sentences to measure on; none where there is no such file.</param>
/// <param name="TrainFile">The file of <paramref name="Train"/>, for messages.</param>
/// <param name="ValidFile">The file of <paramref name="Valid"/>, for messages.</param>
/// <param name="TestFile">The file of <paramref name="Test"/>, for messages.</param>
internal sealed record TaggerCorpus(
    string Name,
    IReadOnlyList<TaggedSentence> Train,
    IReadOnlyList<TaggedSentence> Valid,
    IReadOnlyList<TaggedSentence> Test,
    string TrainFile,
    string ValidFile,
    string TestFile)
{
    private const ulong OwnSeed = 1;

    /// <summary>Names under which folders have the three parts; the first set whose training file exists counts.</summary>
    private static readonly (string Train, string Valid, string Test)[] FileNames =
    [
        ("train.txt", "valid.txt", "test.txt"),
        ("train.txt", "dev.txt", "test.txt"),
        ("train.conll", "valid.conll", "test.conll"),
        ("train.conll", "dev.conll", "test.conll"),
        ("eng.train", "eng.testa", "eng.testb"),
        ("bio2.train.txt", "bio2.valid.txt", "bio2.test.txt"),
    ];

    /// <summary>SHA-256 of the training sentences: tells texts apart, so that a run is never resumed on another one by mistake.</summary>
    public string TrainHash { get; } = Hash(Train);

    /// <summary>The text of a folder, or the sample's own without one.</summary>
    /// <param name="folder">The folder, or null.</param>
    /// <exception cref="DataFileException">A file is missing, cannot be read or is no column file.</exception>
    public static TaggerCorpus Load(string? folder)
    {
        if (folder is null)
        {
            EmbeddedCorpus own = EmbeddedCorpus.Draw(OwnSeed);
            const string Name = "the sample's own sentences";
            return new TaggerCorpus(Name, ToBioes(own.Train, TagScheme.Bio2), ToBioes(own.Dev, TagScheme.Bio2), ToBioes(own.Test, TagScheme.Bio2), Name, Name, Name);
        }

        if (!Directory.Exists(folder))
        {
            throw new DataFileException(folder, File.Exists(folder) ? "is a file where a folder is expected; give the folder of the training, validation and test file" : "does not exist");
        }

        foreach ((string train, string valid, string test) in FileNames)
        {
            if (Find(folder, train) is string trainFile && Find(folder, valid) is string validFile)
            {
                string? testFile = Find(folder, test);
                return new TaggerCorpus(folder, Read(trainFile), Read(validFile), testFile is null ? [] : Read(testFile), trainFile, validFile, testFile ?? folder);
            }
        }

        throw new DataFileException(folder, "has no training file with a validation file; it needs train.txt and valid.txt (or dev.txt), or eng.train and eng.testa, plain or .gz");
    }

    /// <summary>The sentences of a column file, in BIOES whatever their scheme.</summary>
    /// <exception cref="DataFileException">The file cannot be read or is no column file.</exception>
    public static IReadOnlyList<TaggedSentence> Read(string file)
    {
        IReadOnlyList<TaggedSentence> sentences = TaggedText.Read(file);
        foreach (TaggedSentence sentence in sentences)
        {
            SentenceTagger.CheckLength(file, sentence.Line, sentence.Words.Count);
        }

        return ToBioes(sentences, SchemeDetector.Detect(sentences, file));
    }

    private static TaggedSentence[] ToBioes(IReadOnlyList<TaggedSentence> sentences, TagScheme from) =>
        [.. sentences.Select(sentence => sentence.In(from, TagScheme.Bioes))];

    private static string? Find(string folder, string name)
    {
        string path = Path.Combine(folder, name);
        return File.Exists(path) ? path : File.Exists(path + ".gz") ? path + ".gz" : null;
    }

    private static string Hash(IReadOnlyList<TaggedSentence> sentences)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (TaggedSentence sentence in sentences)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(string.Join('\t', sentence.Words) + "\n" + string.Join('\t', sentence.Tags) + "\n"));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
