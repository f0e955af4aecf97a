using SdCompiler.Runtime;

namespace SdCompiler;

/// <summary>A table of one vector per token.</summary>
public sealed class EmbeddingLayer : Layer
{
    /// <summary>A layer; called by emitted code.</summary>
    /// <param name="name">The name of the model's property.</param>
    /// <param name="tokens">How many tokens have a vector.</param>
    /// <param name="width">The length of a vector.</param>
    /// <param name="table">The table, or the softmax's matrix that it shares.</param>
    public EmbeddingLayer(string name, int tokens, int width, Parameter table)
        : base(name, width, table) => Tokens = tokens;

    /// <summary>How many tokens have a vector.</summary>
    public int Tokens { get; }

    /// <summary>The vectors, [tokens, width].</summary>
    public WeightTensor Table => Weights[0];
}
