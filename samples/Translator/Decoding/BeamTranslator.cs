using System;
using System.Collections.Generic;
using System.Linq;
using SdCompiler.Samples.Shared;
using SdCompiler.Samples.Translator.Vocabulary;

namespace SdCompiler.Samples.Translator.Decoding;

/// <summary>Translates with a compiled model's predictors.</summary>
/// <param name="create">Makes a predictor of so many rows.</param>
/// <param name="threads">Threads, or 0 for all processors.</param>
internal sealed class BeamTranslator(Func<int, TranslationPredictor> create, int threads) : ISentenceTranslator
{
    /// <summary>Rows that are computed together: some sentences with their beams.</summary>
    private const int Rows = 160;

    /// <summary>Tokens from which on a sentence is translated alone: a predictor's memory grows with its rows times its longest sentence.</summary>
    private const int LongFrom = 128;

    private readonly TranslationPredictor _together = Threaded(create(Rows), threads);
    private TranslationPredictor? _alone;

    public IReadOnlyList<Hypothesis>[] Translate(IReadOnlyList<int[]> sources, BeamSettings beam)
    {
        var results = new IReadOnlyList<Hypothesis>[sources.Count];
        foreach (IGrouping<int, int> group in Enumerable.Range(0, sources.Count).GroupBy(i => beam.Longest(sources[i].Length)))
        {
            TranslationOptions options = Options(beam, group.Key);
            Translate(_together, group.Where(i => sources[i].Length < LongFrom).ToArray());
            foreach (int item in group.Where(i => sources[i].Length >= LongFrom))
            {
                _alone ??= Threaded(create(beam.Beam), threads);
                Translate(_alone, [item]);
            }

            void Translate(TranslationPredictor predictor, int[] items)
            {
                IReadOnlyList<Translation[]> found = Run(predictor, items.Select(i => (ReadOnlyMemory<int>)sources[i]).ToArray(), options);
                for (int i = 0; i < items.Length; i++)
                {
                    results[items[i]] = found[i].Select(Result).ToArray();
                }
            }
        }

        return results;
    }

    private static TranslationPredictor Threaded(TranslationPredictor predictor, int threads)
    {
        predictor.Threads = threads;
        return predictor;
    }

    private static IReadOnlyList<Translation[]> Run(TranslationPredictor predictor, ReadOnlyMemory<int>[] sources, TranslationOptions options)
    {
        try
        {
            return sources.Length == 0 ? [] : predictor.Translate(sources, options);
        }
        catch (ArgumentException e)
        {
            throw new UserErrorException(e.Message, e); // tokens and settings are right: the sentence is too long for the memory
        }
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
