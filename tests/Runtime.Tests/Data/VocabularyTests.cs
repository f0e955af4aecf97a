using System;
using Xunit;

namespace SdCompiler.Runtime.Tests.Data;

public sealed class VocabularyTests
{
    [Fact]
    public void WordsAreOrderedByFrequencyThenOrdinally()
    {
        Vocabulary vocabulary = Vocabulary.FromLines(["b a a", "  a\tb Z ", ""]);
        Assert.Equal(["<eos>", "a", "b", "Z"], vocabulary.Words);
        Assert.Equal(0, vocabulary.EndOfSentenceId);
        Assert.Equal(-1, vocabulary.UnknownId);
        Assert.Equal(2, vocabulary.Find("b"));
        Assert.Equal(-1, vocabulary.Find("c"));
        Assert.Equal(4, vocabulary.Count);
    }

    [Fact]
    public void UnknownWordIsFound() => Assert.Equal(1, new Vocabulary(["<eos>", "<unk>"]).UnknownId);

    [Fact]
    public void EqualWordsInEqualOrderAreEqual()
    {
        Vocabulary one = new(["<eos>", "a", "b"]);
        Vocabulary same = new(["<eos>", "a", "b"]);
        Vocabulary other = new(["<eos>", "b", "a"]);
        Assert.Equal(one, same);
        Assert.Equal(one.Hash(), same.Hash());
        Assert.Equal(one.GetHashCode(), same.GetHashCode());
        Assert.NotEqual(one, other);
        Assert.NotEqual(one.Hash(), other.Hash());
    }

    [Theory]
    [InlineData("a", "lacks <eos>")]
    [InlineData("<eos>,a,a", "occurs twice")]
    [InlineData("<eos>,a b", "no white space")]
    [InlineData("<eos>,", "not empty")]
    public void WrongWordsAreRefused(string words, string reason) =>
        Assert.Contains(reason, Assert.Throws<ArgumentException>(() => new Vocabulary(words.Split(','))).Message, StringComparison.Ordinal);

    [Fact]
    public void TextHasOneLinePerSentence() =>
        Assert.Equal("a b\nb\n\na", new Vocabulary(["<eos>", "a", "b"]).Text([1, 2, 0, 2, 0, 0, 1]));
}
