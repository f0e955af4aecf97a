using System;
using System.IO;
using System.Linq;
using SdCompiler.LanguageModel.Tests;
using SdCompiler.Samples.Translator.Vocabulary;
using Xunit;

namespace SdCompiler.Translator.Tests;

public sealed class TokenVocabularyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void TokensAreOrderedByCountThenOrdinally()
    {
        string[][] text = [["b", "a", "<unk>"], ["B", "b", "c", "a", "b"]];
        TokenVocabulary vocabulary = TokenVocabulary.Of(text);
        Assert.Equal(["<pad>", "<unk>", "<s>", "</s>", "b", "a", "B", "c"], vocabulary.Entries.Select(entry => entry.Token));
        Assert.Equal([0, 0, 0, 0, 3, 2, 1, 1], vocabulary.Entries.Select(entry => entry.Count!.Value));
        Assert.Equal([4, SpecialTokens.UnknownId, SpecialTokens.UnknownId], vocabulary.Find(["b", "<unk>", "none"]));
        Assert.Equal(6, TokenVocabulary.Of(text, minCount: 2).Count);
        Assert.Equal(5, TokenVocabulary.Of(text, maxSize: 5).Count);
    }

    [Fact]
    public void NumbersBecomeTextUpToTheEnd()
    {
        TokenVocabulary vocabulary = TokenVocabulary.Of([["x", "y", "x"]]);
        Assert.Equal(["x", "<unk>", "y"], vocabulary.Text([SpecialTokens.BeginId, 4, SpecialTokens.PaddingId, SpecialTokens.UnknownId, 5, SpecialTokens.EndId, 4]));
    }

    [Fact]
    public void AVocabularySurvivesItsFile()
    {
        TokenVocabulary.Of([["b", "a", "b"]]).Save(_folder["v"]);
        Assert.Equal("<pad> 0\n<unk> 0\n<s> 0\n</s> 0\nb 2\na 1\n", File.ReadAllText(_folder["v"]));
        TokenVocabulary again = TokenVocabulary.Read(_folder["v"]);
        Assert.Equal(TokenVocabulary.Of([["b", "a", "b"]]).Entries, again.Entries);
    }

    [Fact]
    public void ListsOfOthersAreReadWithOrWithoutCounts()
    {
        // The way of IWSLT's English-Vietnamese vocabularies: three special tokens, no padding, no counts.
        File.WriteAllText(_folder["v"], "<unk>\n<s>\n</s>\nRachel\n:\n");
        TokenVocabulary vocabulary = TokenVocabulary.Read(_folder["v"]);
        Assert.Equal(["<pad>", "<unk>", "<s>", "</s>", "Rachel", ":"], vocabulary.Entries.Select(entry => entry.Token));
        vocabulary.Save(_folder["again"]);
        Assert.Equal("<pad>\n<unk>\n<s>\n</s>\nRachel\n:\n", File.ReadAllText(_folder["again"]));

        File.WriteAllText(_folder["v"], "the 12\n<unk>\t7\nlow@@ 3\n");
        Assert.Equal([("the", 12L), ("low@@", 3L)], TokenVocabulary.Read(_folder["v"]).Entries.Skip(4).Select(entry => (entry.Token, entry.Count!.Value)));
    }

    [Theory]
    [InlineData("", ": is empty; give a vocabulary with one token per line.")]
    [InlineData("a\n\nb\n", ", line 2: is empty; give one token per line.")]
    [InlineData("a\nb\na\n", ", line 3: has 'a' again, after line 1; give each token once.")]
    [InlineData("a 1\nb\n", ", line 2: has no count where the lines before have one; give all tokens a count, or none.")]
    [InlineData("a\nb 1\n", ", line 2: has a count where the lines before have none; give all tokens a count, or none.")]
    [InlineData("a b\n", ", line 1: is not a token, or a token and its count; give one token per line.")]
    [InlineData("a -1\n", ", line 1: is not a token, or a token and its count; give one token per line.")]
    [InlineData("a 1 2\n", ", line 1: is not a token, or a token and its count; give one token per line.")]
    public void WrongListsAreOneSentence(string text, string message)
    {
        File.WriteAllText(_folder["v"], text);
        Assert.Equal(_folder["v"] + message, Assert.Throws<DataFileException>(() => TokenVocabulary.Read(_folder["v"])).Message);
    }
}
