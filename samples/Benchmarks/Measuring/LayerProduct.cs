namespace SdCompiler.Samples.Benchmarks.Measuring;

/// <summary>The products of an LSTM layer with H inputs and H units, as emitted code calls them; labels: EQUATIONS.md.</summary>
internal enum LayerProduct
{
    /// <summary>F1 of a window: x . Wx.</summary>
    Forward,

    /// <summary>B4 of a window: the gradient of x.</summary>
    Backward,

    /// <summary>B5 of a window: the gradient of Wx and of the bias.</summary>
    WeightGradient,

    /// <summary>The recurrent part of F1, step after step: h[t-1] . Wh, the time of the cells between left out.</summary>
    RecurrentForward,

    /// <summary>F1 to F4, step after step: the same with the cells.</summary>
    RecurrentForwardWithCell,

    /// <summary>B3, step after step: the gradient of h[t-1].</summary>
    RecurrentBackward,
}
