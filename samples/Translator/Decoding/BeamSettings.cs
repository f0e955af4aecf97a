namespace SdCompiler.Samples.Translator.Decoding;

/// <summary>How translations are searched for.</summary>
/// <param name="Beam">Partial translations that are kept at each step; 1 is greedy search.</param>
/// <param name="Best">Translations per sentence, at most as many as the beam.</param>
/// <param name="LengthPenalty">How strongly length is made up for (alpha of Wu et al. 2016, arXiv:1609.08144); 0 compares probabilities alone.</param>
/// <param name="MaximumLength">The most tokens of a translation, or null for a length that suits the source.</param>
/// <param name="ReplaceUnknown">Whether an unknown word becomes the source word that got the highest attention weight while it was written.</param>
internal sealed record BeamSettings(int Beam, int Best, double LengthPenalty, int? MaximumLength, bool ReplaceUnknown)
{
    /// <summary>The strength of the length penalty when nothing is said.</summary>
    public const double DefaultLengthPenalty = 1;

    /// <summary>The most tokens of a sentence's translation, the end token counted.</summary>
    /// <param name="source">Tokens of the sentence.</param>
    /// <remarks>In steps, so that sentences of similar length can be translated together without one's limit depending on another's length.</remarks>
    public int Longest(int source) => MaximumLength ?? 16 + (2 * ((source + 7) / 8 * 8));
}
