using System;
using System.Collections.Generic;
using System.Linq;
using SdCompiler.Runtime;
using SdCompiler.Samples.Tagger.Data;
using SdCompiler.Samples.Tagger.Vocabulary;

namespace SdCompiler.Samples.Tagger.Training;

/// <summary>Training sentences as batches: each sentence once an epoch, sentences of similar length together.</summary>
/// <remarks>
/// Words that the training text has once are now and then read as the unknown word, so that the model learns what to do with words that it has never
/// seen (Lample et al. 2016, arXiv:1603.01360). Which ones is a function of seed, epoch and place, so that a resumed run sees the same.
/// </remarks>
internal sealed class SentenceBatches
{
    /// <summary>Sets these draws apart from what else is drawn with the same seed.</summary>
    private const ulong Purpose = 0x73696E676C65746F;

    private readonly IReadOnlyList<EncodedSentence> _sentences;
    private readonly LengthBuckets _buckets;
    private readonly ulong _key;
    private readonly bool[] _isRare;
    private readonly SentenceWindow _window = new();

    /// <summary>Batches of sentences.</summary>
    /// <param name="sentences">The sentences.</param>
    /// <param name="words">Whose words they are.</param>
    /// <param name="rows">Sentences of a batch.</param>
    /// <param name="settings">The run's settings.</param>
    public SentenceBatches(IReadOnlyList<EncodedSentence> sentences, WordVocabulary words, int rows, RunSettings settings)
    {
        _sentences = sentences;
        _key = (ulong)settings.Seed ^ Purpose;
        _buckets = new LengthBuckets(sentences.Select(sentence => sentence.Length).ToArray(), rows, settings.Seed, settings.Bucketed ? 0 : 1);
        _isRare = Enumerable.Range(0, words.Count).Select(id => words.Occurrences(id) == 1).ToArray();
    }

    /// <summary>Batches of one epoch.</summary>
    public int BatchesPerEpoch => _buckets.BatchesPerEpoch;

    /// <summary>The share of places that padding would fill, if batches were padded.</summary>
    public double Padding => _buckets.Padding(0);

    /// <summary>A batch; a function of epoch and index alone.</summary>
    /// <param name="epoch">The epoch, from 0.</param>
    /// <param name="index">The batch of the epoch, from 0.</param>
    /// <returns>Its sentences; valid until the next call.</returns>
    public SentenceWindow Get(int epoch, int index)
    {
        ReadOnlySpan<int> items = _buckets.Batch(epoch, index);
        int steps = 0;
        foreach (int item in items)
        {
            steps = Math.Max(steps, _sentences[item].Length);
        }

        _window.Begin(items.Length, steps);
        for (int row = 0; row < items.Length; row++)
        {
            _window.Put(row, _sentences[items[row]]);
            ForgetRareWords(epoch, items[row], row);
        }

        return _window;
    }

    private void ForgetRareWords(int epoch, int item, int row)
    {
        Span<int> words = _window.Words.Span;
        for (int t = 0; t < _sentences[item].Length; t++)
        {
            ref int word = ref words[(t * _window.Rows) + row];
            if (_isRare[word] && CounterRandom.Block(_key, (uint)t, (uint)item, (uint)epoch, 0).W0 < 1u << 31)
            {
                word = TokenTable.UnknownId;
            }
        }
    }
}
