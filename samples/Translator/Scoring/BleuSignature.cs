namespace SdCompiler.Samples.Translator.Scoring;

/// <summary>Says how a score was computed, with sacreBLEU's keys, so that scores can be compared.</summary>
internal static class BleuSignature
{
    /// <summary>The signature.</summary>
    /// <param name="references">References per sentence.</param>
    /// <param name="smoothing">The smoothing.</param>
    /// <returns>Case as it is, no shorter n-grams than 4, tokens as they are, and this program's version in place of sacreBLEU's.</returns>
    public static string Of(int references, BleuSmoothing smoothing) =>
        $"BLEU|nrefs:{references}|case:mixed|eff:no|tok:none|smooth:{(smoothing == BleuSmoothing.None ? "none" : "exp")}|version:SdCompiler-{Version()}";

    private static string Version() => typeof(BleuSignature).Assembly.GetName().Version!.ToString(3);
}
