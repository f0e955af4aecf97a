using System;
using System.Collections.Generic;
using System.Linq;
using SdCompiler.Samples.Tagger.Columns;
using SdCompiler.Samples.Tagger.Data;
using SdCompiler.Samples.Tagger.Tags;
using SdCompiler.Samples.Tagger.Training;
using SdCompiler.Samples.Tagger.Vocabulary;
using Xunit;

namespace SdCompiler.Tagger.Tests;

/// <summary>From sentences to what a training step gets.</summary>
public sealed class SentenceDataTests
{
    [Fact]
    public void PartsEndBetweenEntities()
    {
        TaggedSentence sentence = Sentence("a b c d e f g h i j", "O O B-P I-P E-P O O B-P E-P O");
        Assert.Same(sentence, Assert.Single(SentenceParts.Of(sentence, 10)));
        Check(sentence, 4, "a b|O O", "c d e f|B-P I-P E-P O", "g h i j|O B-P E-P O");
        Check(sentence, 8, "a b c d e f g|O O B-P I-P E-P O O", "h i j|B-P E-P O");

        // An entity longer than a part is cut, and its halves are entities of the scheme.
        Check(Sentence("a b c d e f", "B-P I-P I-P I-P I-P E-P"), 4, "a b c d|B-P I-P I-P E-P", "e f|B-P E-P");
        Check(Sentence("a b c d e", "B-P I-P I-P I-P E-P"), 4, "a b c d|B-P I-P I-P E-P", "e|S-P");
    }

    [Fact]
    public void WordsAndCharactersBecomeNumbers()
    {
        TaggedSentence[] train = [Sentence("Ann Ann saw 1999", "S-P S-P O O")];
        TaggerVocabulary vocabulary = TaggerVocabulary.Of(train);
        SentenceEncoder encoder = new(vocabulary);
        EncodedSentence encoded = encoder.Encode(Sentence("ANN 2024 abcdefghijklmnopqrstuvwxyz", "S-P O O"));
        Assert.Equal([vocabulary.Words.Find("ann"), vocabulary.Words.Find("0000"), TokenTable.UnknownId], encoded.Words);
        Assert.Equal([vocabulary.Tags.Find(new Tag('S', "P")), 0, 0], encoded.Tags);
        const int Width = SentenceEncoder.WordCharacters;
        Assert.Equal(3 * Width, encoded.Characters.Length);
        Assert.Equal([.. vocabulary.Characters.Find("ANN"), .. Enumerable.Repeat(-1, Width - 3)], encoded.Characters[..Width]);

        // The characters as they are written: 2, 0 and 4 are unknown, 9 would not be.
        Assert.Equal([1, 1, 1, 1, -1], encoded.Characters[Width..(Width + 5)]);
        Assert.Equal(vocabulary.Characters.Find("abcdefghij" + "qrstuvwxyz"), encoded.Characters[(2 * Width)..]);
    }

    [Fact]
    public void SentencesStandSideBySide()
    {
        SentenceWindow window = new();
        window.Begin(2, 3);
        window.Put(0, new EncodedSentence([1, 2], Characters(2), [7, 8]));
        window.Put(1, new EncodedSentence([3, 4, 5], Characters(3), [9, 10, 11]));
        Assert.Equal([2, 3], window.Lengths.ToArray());
        Assert.Equal([1, 3, 2, 4], window.Words[..4].ToArray());
        Assert.Equal(5, window.Words.Span[5]);
        Assert.Equal([7, 9, 8, 10], window.Tags[..4].ToArray());
        Assert.Equal(6 * SentenceEncoder.WordCharacters, window.Characters.Length);
        Assert.Equal(102, window.Characters.Span[5 * SentenceEncoder.WordCharacters]);

        static int[] Characters(int words) => [.. Enumerable.Range(0, words).SelectMany(word => Enumerable.Repeat(100 + word, SentenceEncoder.WordCharacters))];
    }

    [Fact]
    public void RareWordsAreForgottenHalfOfTheTimeAndTheSameOnesAfterAResume()
    {
        // Words 0 to 99 once each, "often" in every sentence.
        TaggedSentence[] train = [.. Enumerable.Range(0, 100).Select(i => Sentence("often w" + (char)('a' + (i / 10)) + (char)('a' + (i % 10)), "O O"))];
        TaggerVocabulary vocabulary = TaggerVocabulary.Of(train);
        SentenceEncoder encoder = new(vocabulary);
        EncodedSentence[] encoded = [.. train.Select(encoder.Encode)];
        SentenceBatches batches = new(encoded, vocabulary.Words, 10, Settings(1));
        List<int[]> epochs = [.. Enumerable.Range(0, 3).Select(epoch => Words(batches, epoch))];
        Assert.All(epochs, words => Assert.InRange(words.Count(word => word == TokenTable.UnknownId), 30, 70));
        Assert.All(epochs, words => Assert.Equal(100, words.Count(word => word == vocabulary.Words.Find("often"))));
        Assert.NotEqual(epochs[0], epochs[1]);
        Assert.Equal(epochs[2], Words(new SentenceBatches(encoded, vocabulary.Words, 10, Settings(1)), 2));
        Assert.NotEqual(epochs[2], Words(new SentenceBatches(encoded, vocabulary.Words, 10, Settings(2)), 2));

        // The sentences themselves stay as they are.
        Assert.DoesNotContain(TokenTable.UnknownId, encoded.SelectMany(sentence => sentence.Words));
    }

    [Fact]
    public void ShuffledBatchesHaveSentencesOfAnyLength()
    {
        EncodedSentence[] sentences = [.. Enumerable.Range(0, 200).Select(i => new EncodedSentence(new int[1 + (i % 20)], new int[(1 + (i % 20)) * SentenceEncoder.WordCharacters], new int[1 + (i % 20)]))];
        WordVocabulary words = WordVocabulary.Of([], new VocabularyOptions());
        Assert.InRange(new SentenceBatches(sentences, words, 10, Settings(1)).Padding, 0, 0.05);
        Assert.InRange(new SentenceBatches(sentences, words, 10, Settings(1) with { Bucketed = false }).Padding, 0.3, 0.6);
    }

    [Fact]
    public void MoreWordsGetNumbersBehindThoseOfTheTrainingText()
    {
        WordVocabulary words = WordVocabulary.Of([Sentence("b a a", "O O O")], new VocabularyOptions(LowerCase: true, DigitsToZero: true));
        WordVocabulary more = words.With(["Z1", "A", "y", "x", "z2"], form => form != "y");
        Assert.Equal(["a", "b", "x", "z0"], more.Words.Select(word => word.Key));
        Assert.Equal([2L, 1, 0, 0], more.Words.Select(word => word.Value));
        Assert.Equal(words.Find("b"), more.Find("B"));
        Assert.Equal(0, more.Occurrences(more.Find("z7")));
    }

    private static void Check(TaggedSentence sentence, int longest, params string[] expected) =>
        Assert.Equal(expected, SentenceParts.Of(sentence, longest).Select(part => string.Join(' ', part.Words) + "|" + string.Join(' ', part.Tags)));

    private static int[] Words(SentenceBatches batches, int epoch) =>
        [.. Enumerable.Range(0, batches.BatchesPerEpoch).SelectMany(index => batches.Get(epoch, index).Words.ToArray())];

    private static RunSettings Settings(int seed) => new(Samples.Tagger.Models.Dropout.Dense, seed, 1, true, new Samples.Tagger.Models.TaggerKind(FineTuned: true, ReadsLetters: false), "");

    private static TaggedSentence Sentence(string words, string tags) => new(words.Split(' '), TagText.Tags(tags));
}
