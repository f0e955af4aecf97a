using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using SdCompiler.Samples.Translator.Vocabulary;

namespace SdCompiler.Samples.Translator.Data;

/// <summary>Says in a few lines what a run's texts hold, what was left out of them, and how words become numbers.</summary>
internal static class DataSummary
{
    /// <summary>The lines.</summary>
    /// <param name="data">The texts.</param>
    /// <param name="steps">The model's window.</param>
    public static IEnumerable<string> Lines(TranslationData data, int steps)
    {
        yield return Text($"{data.Name}, {data.Languages}: {data.Train.Count:#,0} training pairs, {data.Valid.Count:#,0} for validation, {data.Test?.Count ?? 0:#,0} for the test");
        if (data.TooLong > 0 || data.Empty > 0)
        {
            yield return Text($"left out of training: {data.TooLong:#,0} pairs longer than the model's window, {data.Empty:#,0} with an empty side");
        }

        if (data.Valid.Concat(data.Test ?? []).Count(pair => pair.Steps > steps) is > 0 and int longer)
        {
            yield return Text($"longer than the model's window in validation and test: {longer:#,0} pairs, which are translated but have no part in perplexities");
        }

        string split = data.Coding.Codes is null ? "words" : Text($"subwords by {data.Coding.Codes.Merges.Count:#,0} merges");
        yield return Text($"{split}: {data.Coding.Source.Vocabulary.Count:#,0} {data.Languages.Source}, {data.Coding.Target.Vocabulary.Count:#,0} {data.Languages.Target}; unknown in validation: {Unknown(data.Valid, source: true)} {data.Languages.Source}, {Unknown(data.Valid, source: false)} {data.Languages.Target}");
    }

    private static string Unknown(IReadOnlyList<EncodedPair> pairs, bool source)
    {
        long tokens = 0;
        long unknown = 0;
        foreach (int[] side in pairs.Select(pair => source ? pair.Source : pair.Target))
        {
            tokens += side.Length - 1;
            unknown += side.Count(id => id == SpecialTokens.UnknownId);
        }

        return Text($"{100.0 * unknown / long.Max(tokens, 1):0.0} %");
    }

    private static string Text(System.FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
