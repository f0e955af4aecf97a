namespace SdCompiler;

/// <summary>
/// Global attention over the states of an encoder (Luong et al. 2015): for each state h of the decoder that it reads, softmax weights over the states s of the encoder,
/// over each sentence's own length; their weighted sum is the context, and the layer gives tanh(W [context; h]), as wide as the decoder.
/// </summary>
public sealed class AttentionAttribute : LayerAttribute
{
    /// <summary>An attention layer.</summary>
    /// <param name="encoder">The name of the <see cref="LstmAttribute"/> layer whose states it attends to.</param>
    public AttentionAttribute(string encoder) => Encoder = encoder;

    /// <summary>The name of the encoder.</summary>
    public string Encoder { get; }

    /// <summary>How states are scored.</summary>
    public AttentionScore Score { get; set; } = AttentionScore.General;

    /// <summary>Drop probability of the layer's output for every layer that reads it; with <see cref="LstmAttribute.Feedback"/>, what is fed back is dropped alike.</summary>
    public double OutputDropout { get; set; }

    /// <summary>The pattern of output dropout, where it differs from the class's or the variant's.</summary>
    public DropoutPattern OutputPattern { get; set; }
}
