using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace SdCompiler.Samples.LanguageModel.Grammar;

/// <summary>A corpus drawn from a grammar, with the perplexity that a perfect model reaches on it.</summary>
internal sealed class GrammarCorpus
{
    private GrammarCorpus(Corpus corpus, double optimum, GrammarEntropy entropy)
    {
        Corpus = corpus;
        OptimalPerplexity = optimum;
        Entropy = entropy;
    }

    /// <summary>Training and validation text; the vocabulary holds every word of the grammar.</summary>
    public Corpus Corpus { get; }

    /// <summary>The perplexity of the grammar itself on this very validation text: exp of minus the mean log probability per word, ends of sentences counted.</summary>
    public double OptimalPerplexity { get; }

    /// <summary>The same in expectation, over all texts.</summary>
    public GrammarEntropy Entropy { get; }

    /// <summary>The grammar that comes with the sample.</summary>
    public static ProbabilisticGrammar English()
    {
        using Stream stream = typeof(GrammarCorpus).Assembly.GetManifestResourceStream("english.grammar")
            ?? throw new InvalidOperationException("The grammar is not embedded in the program.");
        using StreamReader reader = new(stream);
        return GrammarReader.Read(reader.ReadToEnd());
    }

    /// <summary>Draws a corpus.</summary>
    /// <param name="grammar">The grammar.</param>
    /// <param name="seed">Chooses the sentences.</param>
    /// <param name="trainSentences">Sentences to learn from.</param>
    /// <param name="validSentences">Sentences to measure on.</param>
    public static GrammarCorpus Draw(ProbabilisticGrammar grammar, ulong seed, int trainSentences, int validSentences)
    {
        // Word 0 is the end of a sentence; word w of the grammar is token w + 1.
        Vocabulary vocabulary = new(grammar.Words.Prepend(Vocabulary.EndOfSentence));
        SentenceSampler sampler = new(grammar, seed);
        List<int> train = [];
        for (int i = 0; i < trainSentences; i++)
        {
            AddSentence(sampler, train, []);
        }

        InsideAlgorithm inside = new(grammar);
        List<int> valid = [];
        double nats = 0;
        for (int i = 0; i < validSentences; i++)
        {
            List<int> words = [];
            AddSentence(sampler, valid, words);
            nats -= Math.Log(inside.Probability(words.ToArray()));
        }

        Corpus corpus = new(vocabulary, [.. train], [.. valid], []);
        return new GrammarCorpus(corpus, Math.Exp(nats / valid.Count), GrammarEntropy.Of(grammar));
    }

    private static void AddSentence(SentenceSampler sampler, List<int> tokens, List<int> words)
    {
        sampler.Draw(words);
        tokens.AddRange(words.Select(word => word + 1));
        tokens.Add(0);
    }
}
