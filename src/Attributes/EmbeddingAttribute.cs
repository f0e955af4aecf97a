namespace SdCompiler;

/// <summary>A table of one vector per token; an input of the model.</summary>
public sealed class EmbeddingAttribute : LayerAttribute
{
    /// <summary>A table whose number of tokens is a dimension of the model.</summary>
    /// <param name="tokens">The name of a <see cref="DimensionAttribute"/> property.</param>
    /// <param name="width">The length of a vector.</param>
    public EmbeddingAttribute(string tokens, int width)
    {
        Tokens = tokens;
        Width = width;
    }

    /// <summary>A table whose number of tokens is a constant.</summary>
    /// <param name="tokens">The number of tokens.</param>
    /// <param name="width">The length of a vector.</param>
    public EmbeddingAttribute(int tokens, int width)
    {
        TokenCount = tokens;
        Width = width;
    }

    /// <summary>The name of the dimension that counts tokens, or null.</summary>
    public string? Tokens { get; }

    /// <summary>The constant number of tokens, or 0.</summary>
    public int TokenCount { get; }

    /// <summary>The length of a vector.</summary>
    public int Width { get; }

    /// <summary>Whether training changes the table; false for vectors that come from elsewhere and stay as they are: such a table costs no gradient, no update and no optimizer memory.</summary>
    public bool Trainable { get; set; } = true;

    /// <summary>Drop probability of a whole word: one draw per word type and window (Gal and Ghahramani 2016).</summary>
    public double WordDropout { get; set; }

    /// <summary>Drop probability of the embedding's output for every layer that reads it.</summary>
    public double OutputDropout { get; set; }
}
