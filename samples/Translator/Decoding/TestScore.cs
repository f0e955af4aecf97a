using System.Collections.Generic;
using System.Linq;
using System.Threading;
using SdCompiler.Samples.Shared;
using SdCompiler.Samples.Translator.Data;
using SdCompiler.Samples.Translator.Scoring;

namespace SdCompiler.Samples.Translator.Decoding;

/// <summary>The translations of a text and what they are worth.</summary>
/// <param name="Translations">The best translation of each sentence.</param>
/// <param name="Bleu">Their score.</param>
internal sealed record TestScore(IReadOnlyList<string[]> Translations, BleuScore Bleu)
{
    /// <summary>Translates a text and scores the translations by its own.</summary>
    public static TestScore Of(TextTranslator translator, IReadOnlyList<EncodedPair> pairs, CancellationToken stop)
    {
        string[][] translations = translator.Translate([.. pairs.Select(pair => pair.Words.Source)], stop).Select(best => best[0].Words).ToArray();
        CorpusBleu bleu = new();
        for (int i = 0; i < translations.Length; i++)
        {
            bleu.Add(translations[i], pairs[i].Words.Target);
        }

        return new TestScore(translations, bleu.Total.Score(BleuSmoothing.Exponential));
    }

    /// <summary>The score in a line, with how it came about.</summary>
    public string Line(BeamSettings beam) =>
        $"{BleuSignature.Of(1, BleuSmoothing.Exponential)} = {Bleu} (beam {beam.Beam}, length penalty {FixedPoint.Format(beam.LengthPenalty, 1)}{(beam.ReplaceUnknown ? ", unknown words replaced" : "")})";
}
