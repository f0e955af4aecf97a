using System;
using System.Collections.Generic;
using System.Linq;
using SdCompiler.Samples.LanguageModel.Grammar;
using Xunit;

namespace SdCompiler.LanguageModel.Tests;

public sealed class GrammarTests
{
    private const string Tiny = """
        # All sentences of this grammar can be listed.
        set N sg pl
        Sentence = 3 Subject.N Verb.N | 1 look Subject.N
        Subject.N = 2 the Noun.N | 1 the Noun.N that Verb.N
        Noun.sg ~ dog cat
        Noun.pl ~ dogs cats
        Verb.sg = 1 runs | 3 sleeps
        Verb.pl ~ run sleep
        """;

    [Fact]
    public void EntropyOfATinyGrammarIsThatOfAllItsSentences()
    {
        ProbabilisticGrammar grammar = GrammarReader.Read(Tiny);
        Dictionary<string, double> sentences = Enumerate(grammar);
        GrammarEntropy entropy = GrammarEntropy.Of(grammar);
        Assert.Equal(1, sentences.Values.Sum(), 12);
        Assert.Equal(-sentences.Values.Sum(p => p * Math.Log(p)), entropy.NatsPerSentence, 12);
        Assert.Equal(sentences.Sum(pair => pair.Value * pair.Key.Split(' ').Length), entropy.WordsPerSentence, 12);
    }

    [Fact]
    public void InsideProbabilityOfEverySentenceIsItsShareOfTheEnumeration()
    {
        ProbabilisticGrammar grammar = GrammarReader.Read(Tiny);
        InsideAlgorithm inside = new(grammar);
        foreach ((string sentence, double probability) in Enumerate(grammar))
        {
            Assert.Equal(probability, inside.Probability(Numbers(grammar, sentence)), 14);
        }

        Assert.Equal(0, inside.Probability(Numbers(grammar, "the dog run")));
        Assert.Equal(0, inside.Probability(Numbers(grammar, "the dog runs the")));
        Assert.Equal(0, inside.Probability([]));
    }

    [Fact]
    public void InsideProbabilityAddsTheDerivationsOfAnAmbiguousSentence()
    {
        ProbabilisticGrammar grammar = GrammarReader.Read("S = 1 A B | 3 C\nA = 1 x\nB = 1 y | 1 z\nC = 1 x y | 1 z");
        InsideAlgorithm inside = new(grammar);
        Assert.Equal(0.125 + 0.375, inside.Probability(Numbers(grammar, "x y")), 14);
    }

    [Fact]
    public void EntropyOfARecursiveGrammarIsFinite()
    {
        // A geometric distribution: n words with probability 2^-n, entropy 2 ln 2, expected length 2.
        GrammarEntropy entropy = GrammarEntropy.Of(GrammarReader.Read("S = 1 x | 1 x S"));
        Assert.Equal(2 * Math.Log(2), entropy.NatsPerSentence, 12);
        Assert.Equal(2, entropy.WordsPerSentence, 12);
    }

    [Fact]
    public void TheSamplesGrammarHasOneDerivationPerSentence()
    {
        ProbabilisticGrammar grammar = GrammarCorpus.English();
        SentenceSampler sampler = new(grammar, 7);
        InsideAlgorithm inside = new(grammar);
        for (int i = 0; i < 300; i++)
        {
            List<int> words = [];
            double derivation = sampler.Draw(words);
            double sentence = inside.Probability(words.ToArray());
            Assert.Equal(1, sentence / derivation, 9);
        }
    }

    [Fact]
    public void TheOptimumOfALongTextIsTheEntropyOfTheGrammar()
    {
        GrammarCorpus corpus = GrammarCorpus.Draw(GrammarCorpus.English(), 3, 10, 4000);
        Assert.InRange(corpus.OptimalPerplexity / corpus.Entropy.Perplexity, 0.98, 1.02);
    }

    [Fact]
    public void TheSameSeedGivesTheSameText()
    {
        ProbabilisticGrammar grammar = GrammarCorpus.English();
        GrammarCorpus first = GrammarCorpus.Draw(grammar, 1, 50, 20);
        GrammarCorpus same = GrammarCorpus.Draw(grammar, 1, 50, 20);
        GrammarCorpus other = GrammarCorpus.Draw(grammar, 2, 50, 20);
        Assert.Equal(first.Corpus.Train.ToArray(), same.Corpus.Train.ToArray());
        Assert.NotEqual(first.Corpus.Train.ToArray(), other.Corpus.Train.ToArray());
    }

    [Theory]
    [InlineData("S", "expected 'set NAME values'")]
    [InlineData("S = 1 A", "no rule says what A becomes")]
    [InlineData("S = 1 x S", "S never becomes words")]
    [InlineData("S = 1 x | 2", "needs a positive weight")]
    [InlineData("S = 1 x\ns = 1 y", "is a word")]
    [InlineData("S + 1 x", "expected '=' or '~'")]
    public void MistakesInAGrammarAreNamed(string text, string message) =>
        Assert.Contains(message, Assert.Throws<GrammarException>(() => GrammarReader.Read(text)).Message, StringComparison.Ordinal);

    private static int[] Numbers(ProbabilisticGrammar grammar, string sentence) =>
        sentence.Split(' ').Select(word => grammar.Words.ToList().IndexOf(word)).ToArray();

    /// <summary>Every sentence of a grammar without recursion, with its probability, by rewriting in every way.</summary>
    private static Dictionary<string, double> Enumerate(ProbabilisticGrammar grammar)
    {
        Dictionary<string, double> sentences = [];
        foreach ((int[] words, double probability) in Rewrite(grammar, [0]))
        {
            string sentence = string.Join(' ', words.Select(word => grammar.Words[word]));
            sentences[sentence] = sentences.GetValueOrDefault(sentence) + probability;
        }

        return sentences;
    }

    private static IEnumerable<(int[] Words, double Probability)> Rewrite(ProbabilisticGrammar grammar, int[] parts)
    {
        if (parts.Length == 0)
        {
            return [([], 1)];
        }

        IEnumerable<(int[] Words, double Probability)> first = parts[0] < 0
            ? [([~parts[0]], 1)]
            : grammar.Rules[parts[0]].SelectMany(rule => Rewrite(grammar, rule.Body).Select(pair => (pair.Words, pair.Probability * rule.Probability)));
        (int[] Words, double Probability)[] rest = Rewrite(grammar, parts[1..]).ToArray();
        return first.SelectMany(a => rest.Select(b => (a.Words.Concat(b.Words).ToArray(), a.Probability * b.Probability)));
    }
}
