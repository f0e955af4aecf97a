namespace SdCompiler.Generator.Passes;

/// <summary>How a product walks over panels of weights and time steps.</summary>
internal enum LoopOrder
{
    /// <summary>Not a product.</summary>
    None,

    /// <summary>Once per window: each panel of weights is read once and meets every step.</summary>
    PanelOuterTimeInner,

    /// <summary>Step by step, inside the recurrent chain.</summary>
    StepByStep,

    /// <summary>As the first, for one chunk of steps at a time, so that not all logits exist at once.</summary>
    Chunked,
}
