using System;
using System.Collections.Generic;
using System.Linq;
using SdCompiler.Samples.Tagger.Data;
using SdCompiler.Samples.Tagger.Models;
using SdCompiler.Samples.Tagger.Tags;
using SdCompiler.Samples.Tagger.Vocabulary;

namespace SdCompiler.Samples.Tagger.Prediction;

/// <summary>Tags sentences of any length with the weights that a model has now.</summary>
internal sealed class SentenceTagger
{
    private const int MostRows = 32;

    /// <summary>Words of a window with its empty places: one sentence of 10,000 words is a window of its own.</summary>
    private const int MostPlaces = 4096;

    private readonly Action<SentenceWindow, Memory<int>> _tagger;
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
        _tagger = model.CreateTagger(MostRows, threads);
        _tags = vocabulary.Tags;
        _encoder = new SentenceEncoder(vocabulary);
    }

    /// <summary>Tags sentences.</summary>
    /// <param name="sentences">Their words, at least one each.</param>
    /// <returns>The tags in BIO2, in the order of the sentences.</returns>
    public Tag[][] Tag(IReadOnlyList<IReadOnlyList<string>> sentences) => Tag([.. sentences.Select(_encoder.Encode)]);

    /// <summary>Tags sentences.</summary>
    /// <param name="sentences">The sentences in numbers; which of them share a window changes no tag.</param>
    /// <returns>The tags in BIO2, in the order of the sentences.</returns>
    public Tag[][] Tag(IReadOnlyList<EncodedSentence> sentences)
    {
        Tag[][] tags = new Tag[sentences.Count][];
        int[] order = [.. Enumerable.Range(0, tags.Length).OrderBy(item => sentences[item].Length)];
        for (int start = 0; start < order.Length;)
        {
            int rows = 1;
            while (rows < MostRows && start + rows < order.Length && (rows + 1) * sentences[order[start + rows]].Length <= MostPlaces)
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
        _tagger(_window, _numbers.AsMemory(0, places));
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
