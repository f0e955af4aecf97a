namespace SdCompiler;

/// <summary>How the probability of a translation becomes a score that does not favour short ones.</summary>
public enum LengthNormalization
{
    /// <summary>The log-probability itself.</summary>
    None = 0,

    /// <summary>The log-probability divided by the number of tokens, the end token counted.</summary>
    Length = 1,

    /// <summary>The log-probability divided by ((5 + tokens) / 6)^alpha (Wu et al. 2016, arXiv:1609.08144), with <see cref="TranslationOptions.LengthPenalty"/> as alpha.</summary>
    Wu = 2,
}
