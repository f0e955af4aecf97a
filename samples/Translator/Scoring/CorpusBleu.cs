using System.Collections.Generic;

namespace SdCompiler.Samples.Translator.Scoring;

/// <summary>BLEU of a text of tokenised sentences (Papineni et al. 2002), counted as sacreBLEU counts with its tokeniser "none".</summary>
internal sealed class CorpusBleu
{
    private readonly List<BleuCounts> _sentences = [];

    /// <summary>The counts of each sentence, in order; they add up to <see cref="Total"/>.</summary>
    public IReadOnlyList<BleuCounts> Sentences => _sentences;

    /// <summary>The counts of all sentences.</summary>
    public BleuCounts Total { get; private set; } = BleuCounts.Zero;

    /// <summary>Adds a sentence.</summary>
    /// <param name="hypothesis">The tokens of the translation.</param>
    /// <param name="references">The tokens of one or more right translations.</param>
    public void Add(IReadOnlyList<string> hypothesis, params IReadOnlyList<IReadOnlyList<string>> references)
    {
        BleuCounts counts = BleuCounts.Of(hypothesis, references);
        _sentences.Add(counts);
        Total += counts;
    }
}
