namespace SdCompiler.Runtime;

/// <summary>What a parameter is for, which decides its first values.</summary>
public enum ParameterRole
{
    /// <summary>A table of token vectors.</summary>
    Embedding = 0,

    /// <summary>The matrix of an LSTM that reads the layer below.</summary>
    LstmInput = 1,

    /// <summary>The matrix of an LSTM that reads its own previous state.</summary>
    LstmRecurrent = 2,

    /// <summary>The bias of an LSTM.</summary>
    LstmBias = 3,

    /// <summary>The matrix of a linear, softmax, classification or regression layer.</summary>
    LinearWeight = 4,

    /// <summary>The bias of such a layer.</summary>
    LinearBias = 5,

    /// <summary>The scores of a CRF: from tag to tag, a matrix of units rows and columns, or of the first or last tag, a vector of units.</summary>
    Transition = 6,

    /// <summary>The filters of a convolution, [units, width, taps], which reads width * taps numbers; its bias is a <see cref="LinearBias"/>.</summary>
    ConvolutionWeight = 7,

    /// <summary>The vector by which attention weighs the numbers of a score.</summary>
    AttentionVector = 10,
}
