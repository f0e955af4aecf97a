namespace SdCompiler;

/// <summary>How a layer's parameters get their first values; all draws come from the model's seed.</summary>
public enum Initializer
{
    /// <summary>The class's choice; on the class itself, what PyTorch does: uniform in ±1/√units for an LSTM, ±1/√inputs for a linear or softmax layer, N(0, 1) for an embedding.</summary>
    Default = 0,

    /// <summary>Uniform in ±<c>InitialRange</c>, biases included (Zaremba et al. 2014).</summary>
    Uniform = 1,

    /// <summary>Glorot uniform: ±√(6 / (inputs + outputs)), per gate for an LSTM; biases 0 (Glorot and Bengio 2010).</summary>
    Glorot = 2,

    /// <summary>Orthogonal, per gate, for the recurrent matrix of an LSTM, Glorot for the other matrices; biases 0 (Saxe et al. 2014).</summary>
    Orthogonal = 3,
}
