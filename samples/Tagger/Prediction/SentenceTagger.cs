using System;
using System.Collections.Generic;
using System.Linq;
using SdCompiler.Samples.Tagger.Data;
using SdCompiler.Samples.Tagger.Models;
using SdCompiler.Samples.Tagger.Tags;
using SdCompiler.Samples.Tagger.Vocabulary;

namespace SdCompiler.Samples.Tagger.Prediction;

/// <summary>Tags sentences of up to <see cref="MostWords"/> words with the weights that a model has now.</summary>
internal sealed class SentenceTagger
{
    /// <summary>The most words of a sentence: its characters, gates and states then take about a gigabyte.</summary>
    public const int MostWords = 50_000;

    private const int Rows = 32;

    /// <summary>The most words of a sentence that shares a window: buffers are as wide as all rows and as long as the longest.</summary>
    private const int MostShared = 128;

    private readonly Action<SentenceWindow, Memory<int>> _together;
    private readonly Action<SentenceWindow, Memory<int>> _alone;
    private readonly TagSet _tags;
    private readonly SentenceEncoder _encoder;
    private readonly SentenceWindow _window = new();
    private int[] _numbers = [];

    /// <summary>A tagger.</summary>
    /// <param name="model">The model; it may be trained on between two calls.</param>
    /// <param name="vocabulary">Its words and tags.</param>
    /// <param name="threads">Threads of a call; 0 for all processors.</param>
    public SentenceTagger(TaggerModel model, TaggerVocabulary vocabulary, int threads)
    {
        _together = model.CreateTagger(Rows, threads);
        _alone = model.CreateTagger(1, threads);
        _tags = vocabulary.Tags;
        _encoder = new SentenceEncoder(vocabulary);
    }

    /// <summary>Refuses a sentence that is too long for memory.</summary>
    /// <param name="file">Where it stands.</param>
    /// <param name="line">In which line, or from which line on.</param>
    /// <param name="words">Its words.</param>
    /// <exception cref="DataFileException">It has more than <see cref="MostWords"/>.</exception>
    public static void CheckLength(string file, long line, int words)
    {
        if (words > MostWords)
        {
            throw new DataFileException(file, line, $"a sentence of {words} words begins here, and the most are {MostWords}; split it");
        }
    }

    /// <summary>Tags sentences.</summary>
    /// <param name="sentences">Their words, at least one each.</param>
    /// <returns>The tags in BIO2, in the order of the sentences.</returns>
    public Tag[][] Tag(IReadOnlyList<IReadOnlyList<string>> sentences) => Tag([.. sentences.Select(_encoder.Encode)]);

    /// <summary>Tags sentences.</summary>
    /// <param name="sentences">The sentences in numbers; which of them share a window changes scores within rounding.</param>
    /// <returns>The tags in BIO2, in the order of the sentences.</returns>
    public Tag[][] Tag(IReadOnlyList<EncodedSentence> sentences)
    {
        Tag[][] tags = new Tag[sentences.Count][];
        int[] order = [.. Enumerable.Range(0, tags.Length).OrderBy(item => sentences[item].Length)];
        for (int start = 0; start < order.Length;)
        {
            int rows = 1;
            while (rows < Rows && start + rows < order.Length && sentences[order[start + rows]].Length <= MostShared)
            {
                rows++;
            }

            TagWindow(sentences, order.AsSpan(start, rows), tags);
            start += rows;
        }

        return tags;
    }

    private void TagWindow(IReadOnlyList<EncodedSentence> sentences, ReadOnlySpan<int> items, Tag[][] tags)
    {
        _window.Begin(items.Length, sentences[items[^1]].Length);
        for (int row = 0; row < items.Length; row++)
        {
            _window.Put(row, sentences[items[row]]);
        }

        int places = _window.Steps * _window.Rows;
        _numbers = _numbers.Length < places ? new int[places] : _numbers;
        (_window.Steps <= MostShared ? _together : _alone)(_window, _numbers.AsMemory(0, places));
        for (int row = 0; row < items.Length; row++)
        {
            Tag[] own = new Tag[sentences[items[row]].Length];
            for (int t = 0; t < own.Length; t++)
            {
                own[t] = _tags.Tags[_numbers[(t * _window.Rows) + row]];
            }

            tags[items[row]] = TagConversion.Convert(own, _tags.Scheme, TagScheme.Bio2);
        }
    }
}
