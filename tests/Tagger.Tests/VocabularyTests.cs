using System;
using System.IO;
using System.Linq;
using System.Text;
using SdCompiler.LanguageModel.Tests;
using SdCompiler.Samples.Tagger.Columns;
using SdCompiler.Samples.Tagger.Tags;
using SdCompiler.Samples.Tagger.Vocabulary;
using Xunit;

namespace SdCompiler.Tagger.Tests;

public sealed class VocabularyTests : IDisposable
{
    private static readonly TaggedSentence[] Text =
    [
        Words("the", "The", "cat", "1984", "2001"),
        Words("cat", "the", "A\u00a0b", "𝔸ä"),
    ];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void WordsAreOrderedByCountThenOrdinally()
    {
        WordVocabulary words = WordVocabulary.Of(Text, new VocabularyOptions());
        Assert.Equal(["cat", "the", "1984", "2001", "A\u00a0b", "The", "𝔸ä"], words.Words.Select(word => word.Key));
        Assert.Equal(9, words.Count);
        Assert.Equal(2, words.Find("cat"));
        Assert.Equal(TokenTable.UnknownId, words.Find("CAT"));
        Assert.Equal(2, words.Occurrences(2));
        Assert.Equal(0, words.Occurrences(TokenTable.UnknownId));
    }

    [Fact]
    public void CaseDigitsAndRareWordsCanBeFolded()
    {
        WordVocabulary words = WordVocabulary.Of(Text, new VocabularyOptions(LowerCase: true, DigitsToZero: true, MinCount: 2));
        Assert.Equal(["the", "0000", "cat"], words.Words.Select(word => word.Key));
        Assert.Equal(words.Find("THE"), words.Find("the"));
        Assert.Equal(words.Find("1555"), words.Find("0000"));
        Assert.Equal(TokenTable.UnknownId, words.Find("155"));
        Assert.Equal(2, words.Find("The"));
    }

    [Fact]
    public void WordsSurviveTheirFile()
    {
        WordVocabulary words = WordVocabulary.Of(Text, new VocabularyOptions(LowerCase: true, MinCount: 1));
        words.Save(_folder["w"]);
        WordVocabulary again = WordVocabulary.Load(_folder["w"]);
        Assert.Equal(words.Options, again.Options);
        Assert.Equal(words.Words, again.Words);
        Assert.Equal("#words lower-case=yes digits-to-zero=no min-count=1\nthe 3\ncat 2\n", string.Concat(File.ReadLines(_folder["w"]).Take(3).Select(line => line + "\n")));
    }

    [Fact]
    public void CharactersAreScalarValuesAndSurviveTheirFile()
    {
        CharacterVocabulary characters = CharacterVocabulary.Of(Text);
        Assert.Contains("𝔸", characters.Characters.Select(pair => pair.Key));
        Assert.Equal(2, characters.Find("𝔸ä").Distinct().Count());
        Assert.Equal([TokenTable.UnknownId, characters.Find("t")[0]], characters.Find("zt"));
        characters.Save(_folder["c"]);
        CharacterVocabulary again = CharacterVocabulary.Load(_folder["c"]);
        Assert.Equal(characters.Characters, again.Characters);
        Assert.Equal(characters.Find("A\u00a0b"), again.Find("A\u00a0b"));
        Assert.DoesNotContain("𝔸", CharacterVocabulary.Of(Text, minCount: 2).Characters.Select(pair => pair.Key));
    }

    [Fact]
    public void TagsHaveEveryPrefixOfTheirSchemeAndSurviveTheirFile()
    {
        TagSet tags = TagSet.Of(TagScheme.Bioes, [TagText.Sentence("B-P O I-L")]);
        Assert.Equal("O B-L I-L E-L S-L B-P I-P E-P S-P", TagText.Text([.. tags.Tags]));
        Assert.Equal(["L", "P"], tags.Types);
        Assert.Equal(7, tags.Find(new Tag('E', "P")));
        Assert.Equal(-1, tags.Find(new Tag('E', "X")));
        tags.Save(_folder["t"]);
        TagSet again = TagSet.Load(_folder["t"]);
        Assert.Equal(tags.Scheme, again.Scheme);
        Assert.Equal(tags.Tags, again.Tags);
    }

    [Theory]
    [InlineData("", ": does not begin with '#words'; give a vocabulary that this program has written.")]
    [InlineData("#characters\na 1\n", ", line 1: does not begin with '#words'; give a vocabulary that this program has written.")]
    [InlineData("#words\n", ", line 1: is not '#words lower-case=no digits-to-zero=no min-count=1' with yes or no and a number; give an undamaged vocabulary.")]
    [InlineData("#words lower-case=maybe digits-to-zero=no min-count=1\n", ", line 1: is not '#words lower-case=no digits-to-zero=no min-count=1' with yes or no and a number; give an undamaged vocabulary.")]
    [InlineData("#words lower-case=no digits-to-zero=no min-count=1\na\n", ", line 2: is not a token, a space and a count; give an undamaged vocabulary.")]
    [InlineData("#words lower-case=no digits-to-zero=no min-count=1\na 1\na 2\n", ", line 3: has 'a' again, after line 2; give an undamaged vocabulary.")]
    public void DamagedWordsAreNamed(string text, string message)
    {
        _folder.Write("w", Encoding.UTF8.GetBytes(text));
        Assert.Equal(_folder["w"] + message, Assert.Throws<DataFileException>(() => WordVocabulary.Load(_folder["w"])).Message);
    }

    [Fact]
    public void DamagedCharactersAreNamed()
    {
        _folder.Write("c", "#characters\na 1\nbc 1\n"u8.ToArray());
        Assert.Equal(_folder["c"] + ", line 3: has 'bc' where one character is expected; give an undamaged vocabulary.", Assert.Throws<DataFileException>(() => CharacterVocabulary.Load(_folder["c"])).Message);
    }

    [Theory]
    [InlineData("", ": does not begin with '#tags ' and IOB1, BIO2 or BIOES; give a tag set that this program has written.")]
    [InlineData("#tags bio\nO\n", ", line 1: does not begin with '#tags ' and IOB1, BIO2 or BIOES; give a tag set that this program has written.")]
    [InlineData("#tags BIO2\nO\nB-P\n", ": does not list O and then all tags of BIO2 for each type; give an undamaged tag set.")]
    [InlineData("#tags BIO2\nO\nP\n", ", line 3: 'P' is no tag; use O, or B-, I-, E- or S- followed by a type, such as B-PER.")]
    public void DamagedTagsAreNamed(string text, string message)
    {
        _folder.Write("t", Encoding.UTF8.GetBytes(text));
        Assert.Equal(_folder["t"] + message, Assert.Throws<DataFileException>(() => TagSet.Load(_folder["t"])).Message);
    }

    private static TaggedSentence Words(params string[] words) => new(words, Enumerable.Repeat(Tag.Outside, words.Length).ToArray());
}
