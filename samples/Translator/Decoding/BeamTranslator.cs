using System;
using System.Collections.Generic;
using System.Linq;
using SdCompiler.Samples.Translator.Vocabulary;

namespace SdCompiler.Samples.Translator.Decoding;

/// <summary>Translates with a compiled model's predictor.</summary>
/// <param name="predictor">The predictor.</param>
internal sealed class BeamTranslator(TranslationPredictor predictor) : ISentenceTranslator
{
    public IReadOnlyList<Hypothesis>[] Translate(IReadOnlyList<int[]> sources, BeamSettings beam)
    {
        var results = new IReadOnlyList<Hypothesis>[sources.Count];
        foreach (IGrouping<int, int> group in Enumerable.Range(0, sources.Count).GroupBy(i => beam.Longest(sources[i].Length)))
        {
            int[] items = group.ToArray();
            IReadOnlyList<Translation[]> found = predictor.Translate(items.Select(i => (ReadOnlyMemory<int>)sources[i]).ToArray(), Options(beam, group.Key));
            for (int i = 0; i < items.Length; i++)
            {
                results[items[i]] = found[i].Select(Result).ToArray();
            }
        }

        return results;
    }

    private static TranslationOptions Options(BeamSettings beam, int longest) => new()
    {
        Begin = SpecialTokens.BeginId,
        End = SpecialTokens.EndId,
        BeamWidth = beam.Beam,
        Best = beam.Best,
        MaximumLength = longest,
        Normalization = beam.LengthPenalty == 0 ? LengthNormalization.None : LengthNormalization.Wu,
        LengthPenalty = beam.LengthPenalty,
        Alignments = beam.ReplaceUnknown,
    };

    private static Hypothesis Result(Translation translation) =>
        new(translation.Tokens, translation.Alignments?.Select(weights => Array.IndexOf(weights, weights.Max())).ToArray(), translation.Score);
}
