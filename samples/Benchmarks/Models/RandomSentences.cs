using System;
using System.Collections.Generic;
using System.Linq;

namespace SdCompiler.Samples.Benchmarks.Models;

/// <summary>
/// Batches of random sentences, the same in every run: evenly taken from those of an epoch whose sentences are ordered by length, so that the rows of a batch have nearly
/// the same length and all batches together lengths as distributed. Words follow Zipf's law, because what a step costs beside products depends on how long ago it last met a word; characters and tags are all equally likely.
/// </summary>
internal sealed class RandomSentences
{
    private const int Count = 32;
    private const int Seed = 1;

    /// <summary>Sentences of the epoch, as many as CoNLL-2003 has to train on.</summary>
    private const int Epoch = 14_041;

    private readonly Random _random = new(Seed);
    private readonly int _rows;
    private readonly int _words;
    private readonly int _characters;
    private readonly int _width;
    private readonly int _tags;

    /// <summary>Draws the batches.</summary>
    /// <param name="rows">Sentences of a batch.</param>
    /// <param name="words">Words of the vocabulary.</param>
    /// <param name="characters">Characters of the vocabulary.</param>
    /// <param name="width">Places for the characters of a word.</param>
    /// <param name="tags">Tags.</param>
    public RandomSentences(int rows, int words, int characters, int width, int tags)
    {
        _rows = rows;
        _words = words;
        _characters = characters;
        _width = width;
        _tags = tags;
        int[] order = Enumerable.Range(0, Count).ToArray();
        _random.Shuffle(order); // an epoch does not begin with its shortest sentences either
        Batches = [.. order.Select(Draw)];
    }

    /// <summary>The batches.</summary>
    public IReadOnlyList<SentenceArrays> Batches { get; }

    /// <summary>Characters of all their words.</summary>
    public long CharacterCount { get; private set; }

    private SentenceArrays Draw(int batch)
    {
        double middle = (batch + 0.5) / Count;
        int[] lengths = Enumerable.Range(0, _rows).Select(row => Lengths.Sentences.At(middle + ((row - ((_rows - 1) / 2.0)) / Epoch))).ToArray();
        int places = _rows * lengths.Max();
        SentenceArrays arrays = new(lengths, new int[places], new int[places * _width], new int[places]);
        Array.Fill(arrays.Characters, -1); // no character; behind a sentence's end nobody reads
        for (int row = 0; row < _rows; row++)
        {
            for (int t = 0; t < lengths[row]; t++)
            {
                int place = (t * _rows) + row;
                arrays.Words[place] = (int)Math.Pow(_words, _random.NextDouble()) - 1; // by Zipf's law, the n-th word comes about 1/n as often as the first
                arrays.Tags[place] = _random.Next(_tags);
                foreach (ref int character in arrays.Characters.AsSpan(place * _width, Lengths.Words.At(_random.NextDouble())))
                {
                    character = _random.Next(_characters);
                    CharacterCount++;
                }
            }
        }

        return arrays;
    }
}
