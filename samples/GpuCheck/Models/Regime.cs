namespace SdCompiler.Samples.GpuCheck.Models;

/// <summary>How units are dropped. Every model is compiled for all of them; one set of weights serves them all.</summary>
public enum Regime
{
    /// <summary>No dropout.</summary>
    [Variant(Sites = DropoutSites.None)]
    Dense,

    /// <summary>The same units for the whole batch, redrawn at every step.</summary>
    [Variant(Pattern = DropoutPattern.Structured)]
    Structured,

    /// <summary>The same units for the whole batch, one draw per window.</summary>
    [Variant(Pattern = DropoutPattern.StructuredFixed)]
    StructuredFixed,

    /// <summary>Units of each row, redrawn at every step.</summary>
    [Variant(Pattern = DropoutPattern.Random)]
    Random,

    /// <summary>Units of each row, one draw per window.</summary>
    [Variant(Pattern = DropoutPattern.RandomFixed)]
    RandomFixed,
}
