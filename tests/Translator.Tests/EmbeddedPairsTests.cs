using System;
using System.Collections.Generic;
using System.Linq;
using SdCompiler.Samples.Translator.Embedded;
using SdCompiler.Samples.Translator.Text;
using Xunit;

namespace SdCompiler.Translator.Tests;

public sealed class EmbeddedPairsTests
{
    private static readonly EmbeddedPairs Pairs = EmbeddedPairs.Draw(1);

    [Fact]
    public void TheSameSeedGivesTheSamePairs()
    {
        EmbeddedPairs same = EmbeddedPairs.Draw(1);
        Assert.Equal(Pairs.Train.Select(Text), same.Train.Select(Text));
        Assert.Equal(Pairs.Test.Select(Text), same.Test.Select(Text));
        Assert.NotEqual(Pairs.Train.Select(Text), EmbeddedPairs.Draw(2).Train.Select(Text));
    }

    [Fact]
    public void PartsHaveTheirSizesAndShareNoSentence()
    {
        Assert.Equal([4000, 300, 300], [Pairs.Train.Count, Pairs.Dev.Count, Pairs.Test.Count]);
        List<string> sources = All().Select(pair => string.Join(' ', pair.Source)).ToList();
        Assert.Equal(sources.Count, sources.Distinct().Count());
    }

    [Fact]
    public void SentencesFollowTheirRules()
    {
        foreach (SentencePair pair in All())
        {
            Assert.Equal(".", pair.Source[^1]);
            Assert.Equal(".", pair.Target[^1]);
            Assert.Matches("(at|ant)$", pair.Target[^2]); // the verb is last, and agrees in number
            Assert.Equal(pair.Source.Contains("because"), pair.Target.Contains("kar"));
            Assert.Equal(pair.Source.Contains("that"), pair.Target.Contains("ke"));
            Assert.Equal(pair.Source.Count(word => word == "not"), pair.Target.Count(word => word == "ne"));
            Assert.Equal(pair.Source.Count(word => word == "the"), pair.Target.Count(word => word is "lo" or "la" or "le" or "los" or "las" or "les"));
            Assert.Equal(pair.Source.Count(word => word == "two"), pair.Target.Count(word => word == "du"));
        }
    }

    [Fact]
    public void NounsDecideTheFormsOfArticlesAndAdjectives()
    {
        // Each noun is seen with the articles of one gender alone.
        foreach (IGrouping<string, string> articles in All()
            .SelectMany(pair => pair.Target.Zip(pair.Target.Skip(1)))
            .Where(words => words.First is "lo" or "la" or "le")
            .GroupBy(words => words.Second, words => words.First))
        {
            Assert.Single(articles.Distinct());
        }
    }

    [Fact]
    public void ManyTestSentencesJoinNounsThatTrainingDoesNotAndNothingElseIsNew()
    {
        HashSet<string> known = Pairs.Train.SelectMany(pair => pair.Target).ToHashSet();
        Assert.InRange(Pairs.Test.Average(pair => pair.Target.All(known.Contains) ? 0.0 : 1.0), 0.1, 0.3);
        foreach (string word in Pairs.Test.SelectMany(pair => pair.Target).Where(word => !known.Contains(word)))
        {
            Noun material = Assert.Single(ToyLexicon.Materials, material => word.StartsWith(material.Stem + "a", StringComparison.Ordinal));
            string rest = word[(material.Stem.Length + 1)..];
            Assert.Contains(rest, known);
            Assert.Contains(known, other => other.StartsWith(material.Stem + "a", StringComparison.Ordinal));
        }

        Assert.Subset(Pairs.Train.SelectMany(pair => pair.Source).ToHashSet(), Pairs.Test.SelectMany(pair => pair.Source).ToHashSet());
    }

    private static IEnumerable<SentencePair> All() => Pairs.Train.Concat(Pairs.Dev).Concat(Pairs.Test);

    private static string Text(SentencePair pair) => string.Join(' ', pair.Source) + " | " + string.Join(' ', pair.Target);
}
