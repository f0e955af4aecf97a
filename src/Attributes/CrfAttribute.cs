namespace SdCompiler;

/// <summary>
/// Predicts the tags of a whole sentence with a linear-chain conditional random field; the loss is the negative log-likelihood of the sentence's tags in
/// nats, mean over rows. Each row of a batch is one whole sentence: the model carries no state from window to window.
/// </summary>
public sealed class CrfAttribute : LossAttribute
{
    /// <summary>A field whose number of tags is a dimension of the model.</summary>
    /// <param name="tags">The name of a <see cref="DimensionAttribute"/> property.</param>
    public CrfAttribute(string tags) => Tags = tags;

    /// <summary>A field whose number of tags is a constant.</summary>
    /// <param name="tags">The number of tags, 2 to 4096.</param>
    public CrfAttribute(int tags) => TagCount = tags;

    /// <summary>The name of the dimension that counts tags, or null.</summary>
    public string? Tags { get; }

    /// <summary>The constant number of tags, or 0.</summary>
    public int TagCount { get; }
}
