using System.Collections.Generic;
using SdCompiler.Samples.Shared;
using SdCompiler.Samples.Translator.Data;
using SdCompiler.Samples.Translator.Text;

namespace SdCompiler.Samples.Translator.Embedded;

/// <summary>Sentences of a toy language pair in three parts, so that a translator can be trained without any data.</summary>
/// <remarks>
/// No English sentence occurs in two parts, or twice in one. A quarter of the joined nouns is kept from the training sentences,
/// which have their parts: a translator with subwords can write them, one with whole words cannot.
/// </remarks>
internal sealed class EmbeddedPairs
{
    private EmbeddedPairs(IReadOnlyList<SentencePair> train, IReadOnlyList<SentencePair> dev, IReadOnlyList<SentencePair> test)
    {
        Train = train;
        Dev = dev;
        Test = test;
    }

    /// <summary>Which way is translated, as suffixes of files would say it.</summary>
    public static LanguagePair Languages { get; } = new("en", "toy");

    /// <summary>Pairs to learn from; the source is English.</summary>
    public IReadOnlyList<SentencePair> Train { get; }

    /// <summary>Pairs to choose a model by.</summary>
    public IReadOnlyList<SentencePair> Dev { get; }

    /// <summary>Pairs to measure on.</summary>
    public IReadOnlyList<SentencePair> Test { get; }

    /// <summary>Draws the three parts.</summary>
    /// <param name="seed">Chooses the sentences.</param>
    /// <param name="train">Pairs to learn from.</param>
    /// <param name="dev">Pairs to choose by.</param>
    /// <param name="test">Pairs to measure on.</param>
    public static EmbeddedPairs Draw(ulong seed, int train = 4000, int dev = 300, int test = 300)
    {
        SplitMix64 random = new(seed);
        HashSet<string> seen = [];
        ToyGrammar known = new(random, withheldToo: false);
        ToyGrammar all = new(random, withheldToo: true);
        return new EmbeddedPairs(Draw(known, train, seen), Draw(all, dev, seen), Draw(all, test, seen));
    }

    private static List<SentencePair> Draw(ToyGrammar grammar, int count, HashSet<string> seen)
    {
        List<SentencePair> pairs = [];
        while (pairs.Count < count)
        {
            SentencePair pair = grammar.Draw();
            if (seen.Add(string.Join(' ', pair.Source)))
            {
                pairs.Add(pair);
            }
        }

        return pairs;
    }
}
