using System;
using System.Linq;
using SdCompiler.Samples.Shared;
using SdCompiler.Samples.Tagger.Columns;
using SdCompiler.Samples.Tagger.Tags;
using SdCompiler.Samples.Tagger.Vocabulary;
using Xunit;

namespace SdCompiler.Tagger.Tests;

public sealed class TagSchemeTests
{
    [Theory]
    [InlineData("I-P I-P B-P O I-L I-P", "B-P I-P B-P O B-L B-P", "B-P E-P S-P O S-L S-P")]
    [InlineData("O I-P I-P I-P", "O B-P I-P I-P", "O B-P I-P E-P")]
    [InlineData("O", "O", "O")]
    public void SchemesConvertIntoEachOther(string iob1, string bio2, string bioes)
    {
        (TagScheme Scheme, string Tags)[] forms = [(TagScheme.Iob1, iob1), (TagScheme.Bio2, bio2), (TagScheme.Bioes, bioes)];
        foreach ((TagScheme from, string tags) in forms)
        {
            foreach ((TagScheme to, string expected) in forms)
            {
                Assert.Equal(expected, TagText.Text(TagConversion.Convert(TagText.Tags(tags), from, to)));
            }
        }
    }

    [Fact]
    public void RandomEntitiesSurviveEveryRoundTripAndObeyTheirScheme()
    {
        SplitMix64 random = new(1);
        for (int round = 0; round < 200; round++)
        {
            Tag[] any = Enumerable.Range(0, 12).Select(_ => random.Chance(0.3) ? Tag.Outside : new Tag(random.Pick("BI".ToCharArray()), random.Pick(["P", "L"]))).ToArray();
            Tag[] bio2 = TagConversion.Convert(any, TagScheme.Bio2, TagScheme.Bio2);
            foreach (TagScheme scheme in Enum.GetValues<TagScheme>())
            {
                Tag[] tags = TagConversion.Convert(bio2, TagScheme.Bio2, scheme);
                Assert.Equal(bio2, TagConversion.Convert(tags, scheme, TagScheme.Bio2));
                Assert.Null(SchemeDetector.FirstViolation(new TaggedSentence(new string[12], tags), scheme));
            }
        }
    }

    [Theory]
    [InlineData("I-P B-P O I-L", "IOB1")]
    [InlineData("O I-P", "IOB1")]
    [InlineData("I-P O B-L I-L", "IOB1")] // a superfluous B-, as in the training file of 2003
    [InlineData("B-P I-P O B-L", "BIO2")]
    [InlineData("B-P", "BIO2")]
    [InlineData("B-P E-P", "BIOES")]
    [InlineData("S-P O", "BIOES")]
    [InlineData("O O", "BIO2")]
    public void TheSchemeOfATextIsDetected(string tags, string scheme) =>
        Assert.Equal(scheme, SchemeDetector.Detect([TagText.Sentence("O"), TagText.Sentence(tags)], "f").Name());

    [Fact]
    public void BrokenBioesIsNamedWithItsLine()
    {
        Assert.Equal(
            "f, line 4: B-P at the end of a sentence is wrong in BIOES, the scheme of the text's E- and S- tags; correct it, or convert the text to BIO2.",
            Message(TagText.Sentence("O"), TagText.Sentence("S-P B-P", 3)));
        Assert.Equal(
            "f, line 3: I-P at the start of a sentence is wrong in BIOES, the scheme of the text's E- and S- tags; correct it, or convert the text to BIO2.",
            Message(TagText.Sentence("I-P E-P", 3)));
        Assert.Equal(
            "f, line 9: E-L after I-P is wrong in BIOES, the scheme of the text's E- and S- tags; correct it, or convert the text to BIO2.",
            Message(TagText.Sentence("B-P I-P E-L", 7)));

        static string Message(params TaggedSentence[] sentences) => Assert.Throws<DataFileException>(() => SchemeDetector.Detect(sentences, "f")).Message;
    }

    [Fact]
    public void TransitionsOfBio2()
    {
        // Tags O, B-L, I-L, B-P, I-P: only an I- needs something before it, a tag of its own type.
        TagTransitions transitions = new TagSet(TagScheme.Bio2, ["P", "L"]).Transitions;
        Assert.Equal(
            [
                "11010", // from O
                "11110", // from B-L
                "11110", // from I-L
                "11011", // from B-P
                "11011", // from I-P
            ],
            Rows(transitions));
        Assert.Equal("11010", Row(transitions.Count, transitions.MayStart));
        Assert.Equal("11111", Row(transitions.Count, transitions.MayEnd));
    }

    [Fact]
    public void TransitionsOfBioes()
    {
        // Tags O, then B- I- E- S- of L and of P: an entity that is open must go on, one that is not cannot.
        TagTransitions transitions = new TagSet(TagScheme.Bioes, ["L", "P"]).Transitions;
        Assert.Equal(
            [
                "110011001", // from O
                "001100000", // from B-L
                "001100000", // from I-L
                "110011001", // from E-L
                "110011001", // from S-L
                "000000110", // from B-P
                "000000110", // from I-P
                "110011001", // from E-P
                "110011001", // from S-P
            ],
            Rows(transitions));
        Assert.Equal("110011001", Row(transitions.Count, transitions.MayStart));
        Assert.Equal("100110011", Row(transitions.Count, transitions.MayEnd));
    }

    [Fact]
    public void TagsOfAnotherSchemeAreAllowedNowhere()
    {
        TagTransitions transitions = new(TagScheme.Bio2, TagText.Tags("O S-P"));
        Assert.Equal(["10", "00"], Rows(transitions));
        Assert.Equal("10", Row(2, transitions.MayStart));
    }

    private static string[] Rows(TagTransitions transitions) =>
        Enumerable.Range(0, transitions.Count).Select(from => Row(transitions.Count, to => transitions[from, to])).ToArray();

    private static string Row(int count, Func<int, bool> allowed) => string.Concat(Enumerable.Range(0, count).Select(i => allowed(i) ? '1' : '0'));
}
