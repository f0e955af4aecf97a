namespace SdCompiler.Samples.Translator.Models;

/// <summary>The dropout regimes that every model of this sample is compiled for; one set of weights serves them all.</summary>
/// <remarks>"Input" drops non-recurrent connections only (NR, as OpenNMT does); the others drop recurrent ones too (NR+RH).</remarks>
public enum Dropout
{
    /// <summary>No dropout.</summary>
    [Variant(Sites = DropoutSites.None)]
    Dense,

    /// <summary>Case III: the same units for the whole batch, redrawn at every step.</summary>
    [Variant(Pattern = DropoutPattern.Structured)]
    Structured,

    /// <summary>Case IV: the same units for the whole batch, one draw per window.</summary>
    [Variant(Pattern = DropoutPattern.StructuredFixed)]
    StructuredFixed,

    /// <summary>Case I: units of each sample, redrawn at every step.</summary>
    [Variant(Pattern = DropoutPattern.Random)]
    Random,

    /// <summary>Case II: units of each sample, one draw per window.</summary>
    [Variant(Pattern = DropoutPattern.RandomFixed)]
    RandomFixed,

    /// <summary>Case III on non-recurrent connections only.</summary>
    [Variant(Pattern = DropoutPattern.Structured, Sites = DropoutSites.Input | DropoutSites.Output)]
    StructuredInput,

    /// <summary>Case IV on non-recurrent connections only.</summary>
    [Variant(Pattern = DropoutPattern.StructuredFixed, Sites = DropoutSites.Input | DropoutSites.Output)]
    StructuredFixedInput,

    /// <summary>Case I on non-recurrent connections only: OpenNMT's own regime.</summary>
    [Variant(Pattern = DropoutPattern.Random, Sites = DropoutSites.Input | DropoutSites.Output)]
    RandomInput,

    /// <summary>Case II on non-recurrent connections only.</summary>
    [Variant(Pattern = DropoutPattern.RandomFixed, Sites = DropoutSites.Input | DropoutSites.Output)]
    RandomFixedInput,
}
