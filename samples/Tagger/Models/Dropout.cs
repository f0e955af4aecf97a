namespace SdCompiler.Samples.Tagger.Models;

/// <summary>The dropout regimes that the tagger is compiled for; one set of weights serves them all.</summary>
/// <remarks>"Input" drops non-recurrent connections only, as Ma and Hovy do; the others drop recurrent ones too.</remarks>
public enum Dropout
{
    /// <summary>No dropout.</summary>
    [Variant(Sites = DropoutSites.None)]
    Dense,

    /// <summary>The same units for the whole batch, redrawn at every word.</summary>
    [Variant(Pattern = DropoutPattern.Structured)]
    Structured,

    /// <summary>Units of each sentence, redrawn at every word.</summary>
    [Variant(Pattern = DropoutPattern.Random)]
    Random,

    /// <summary>The same units for the whole batch, on non-recurrent connections only.</summary>
    [Variant(Pattern = DropoutPattern.Structured, Sites = DropoutSites.Input | DropoutSites.Output)]
    StructuredInput,

    /// <summary>Units of each sentence, on non-recurrent connections only.</summary>
    [Variant(Pattern = DropoutPattern.Random, Sites = DropoutSites.Input | DropoutSites.Output)]
    RandomInput,
}
