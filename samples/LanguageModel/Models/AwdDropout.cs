namespace SdCompiler.Samples.LanguageModel.Models;

/// <summary>The dropout regimes of AWD-LSTM: its own, and structured ones at the same places with the same rates. Names are those of <see cref="Dropout"/>.</summary>
public enum AwdDropout
{
    /// <summary>No dropout.</summary>
    [Variant(Sites = DropoutSites.None)]
    Dense,

    /// <summary>The model's own: locked dropout (units of each sample, one draw per window) of what layers read and give, single recurrent weights dropped once per window, whole words.</summary>
    [Variant(Pattern = DropoutPattern.RandomFixed)]
    RandomFixed,

    /// <summary>The same units for the whole batch, redrawn at every step; recurrent weights lose whole rows. Words are dropped as in the model's own.</summary>
    [Variant(Pattern = DropoutPattern.Structured)]
    Structured,

    /// <summary>The same units for the whole batch, one draw per window; recurrent weights lose whole rows. Words are dropped as in the model's own.</summary>
    [Variant(Pattern = DropoutPattern.StructuredFixed)]
    StructuredFixed,
}
