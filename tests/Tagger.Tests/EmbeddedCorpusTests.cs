using System.Collections.Generic;
using System.Linq;
using SdCompiler.Samples.Tagger.Columns;
using SdCompiler.Samples.Tagger.Embedded;
using SdCompiler.Samples.Tagger.Tags;
using Xunit;

namespace SdCompiler.Tagger.Tests;

public sealed class EmbeddedCorpusTests
{
    private static readonly EmbeddedCorpus Corpus = EmbeddedCorpus.Draw(1);

    [Fact]
    public void TheSameSeedGivesTheSameSentences()
    {
        EmbeddedCorpus same = EmbeddedCorpus.Draw(1);
        Assert.Equal(Corpus.Train.Select(Text), same.Train.Select(Text));
        Assert.Equal(Corpus.Test.Select(Text), same.Test.Select(Text));
        Assert.NotEqual(Corpus.Train.Select(Text), EmbeddedCorpus.Draw(2).Train.Select(Text));
    }

    [Fact]
    public void PartsHaveTheirSizesAndShareNoSentence()
    {
        Assert.Equal([2000, 300, 300], [Corpus.Train.Count, Corpus.Dev.Count, Corpus.Test.Count]);
        List<string> all = All().Select(sentence => string.Join(' ', sentence.Words)).ToList();
        Assert.Equal(all.Count, all.Distinct().Count());
    }

    [Fact]
    public void TagsAreBio2OfThreeTypesAndSomeEntitiesTouch()
    {
        Assert.Equal(TagScheme.Bio2, SchemeDetector.Detect(Corpus.Train, "train"));
        Assert.Equal(["LOC", "ORG", "PER"], Entities(Corpus.Test).Select(entity => entity.Type).Distinct().Order());
        Assert.Contains(Corpus.Train, sentence => TagConversion.Convert(sentence.Tags, TagScheme.Bio2, TagScheme.Iob1).Any(tag => tag.Prefix == 'B'));
    }

    [Fact]
    public void ContextMustDecideManyNames()
    {
        // The share of the words in test entities that training shows with at least two types.
        ILookup<string, string> types = Typed(Corpus.Train).ToLookup(pair => pair.Word, pair => pair.Type);
        Assert.InRange(Typed(Corpus.Test).Average(pair => types[pair.Word].Distinct().Count() > 1 ? 1.0 : 0), 0.3, 0.9);
    }

    [Fact]
    public void SpellingMustDecideManyNames()
    {
        HashSet<string> known = Corpus.Train.SelectMany(sentence => sentence.Words).ToHashSet();
        Assert.InRange(Typed(Corpus.Test).Average(pair => known.Contains(pair.Word) ? 0 : 1.0), 0.1, 0.4);
    }

    private static IEnumerable<TaggedSentence> All() => Corpus.Train.Concat(Corpus.Dev).Concat(Corpus.Test);

    private static IEnumerable<EntitySpan> Entities(IEnumerable<TaggedSentence> sentences) => sentences.SelectMany(sentence => EntitySpans.Of(sentence.Tags));

    private static IEnumerable<(string Word, string Type)> Typed(IEnumerable<TaggedSentence> sentences) =>
        sentences.SelectMany(sentence => sentence.Words.Zip(sentence.Tags)).Where(pair => !pair.Second.IsOutside).Select(pair => (pair.First, pair.Second.Type));

    private static string Text(TaggedSentence sentence) => string.Join(' ', sentence.Words.Zip(sentence.Tags, (word, tag) => $"{word}/{tag}"));
}
