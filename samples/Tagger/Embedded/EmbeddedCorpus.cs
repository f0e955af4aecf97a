using System.Collections.Generic;
using System.Linq;
using SdCompiler.Samples.Shared;
using SdCompiler.Samples.Tagger.Columns;

namespace SdCompiler.Samples.Tagger.Embedded;

/// <summary>Sentences with known names, drawn from templates, so that a tagger can be trained without any data.</summary>
/// <remarks>
/// Many names are a person in one sentence and a place or a club in another, so that the words around decide; and a part of the names
/// is kept from the training sentences, so that only their spelling (-son, -burg, capitals) helps. No sentence occurs in two parts.
/// </remarks>
internal sealed class EmbeddedCorpus
{
    private EmbeddedCorpus(IReadOnlyList<TaggedSentence> train, IReadOnlyList<TaggedSentence> dev, IReadOnlyList<TaggedSentence> test)
    {
        Train = train;
        Dev = dev;
        Test = test;
    }

    /// <summary>Sentences to learn from; all tags are BIO2.</summary>
    public IReadOnlyList<TaggedSentence> Train { get; }

    /// <summary>Sentences to choose a model by.</summary>
    public IReadOnlyList<TaggedSentence> Dev { get; }

    /// <summary>Sentences to measure on.</summary>
    public IReadOnlyList<TaggedSentence> Test { get; }

    /// <summary>Draws the three parts.</summary>
    /// <param name="seed">Chooses the sentences.</param>
    /// <param name="train">Sentences to learn from.</param>
    /// <param name="dev">Sentences to choose by.</param>
    /// <param name="test">Sentences to measure on.</param>
    public static EmbeddedCorpus Draw(ulong seed, int train = 2000, int dev = 300, int test = 300)
    {
        SplitMix64 random = new(seed);
        HashSet<string> seen = [];
        return new EmbeddedCorpus(
            Draw(new SentenceTemplates(random, new NameMaker(random, withheldToo: false)), train, seen),
            Draw(new SentenceTemplates(random, new NameMaker(random, withheldToo: true)), dev, seen),
            Draw(new SentenceTemplates(random, new NameMaker(random, withheldToo: true)), test, seen));
    }

    private static List<TaggedSentence> Draw(SentenceTemplates templates, int count, HashSet<string> seen)
    {
        List<TaggedSentence> sentences = [];
        while (sentences.Count < count)
        {
            TaggedSentence sentence = templates.Draw();
            if (seen.Add(string.Join(' ', sentence.Words)))
            {
                sentences.Add(sentence);
            }
        }

        return sentences;
    }
}
