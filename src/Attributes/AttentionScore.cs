namespace SdCompiler;

/// <summary>How an <see cref="AttentionAttribute"/> layer scores a state s of the encoder for a state h of the decoder (Luong et al. 2015).</summary>
public enum AttentionScore
{
    /// <summary>h . s; both have as many units.</summary>
    Dot = 0,

    /// <summary>h . W s.</summary>
    General = 1,

    /// <summary>v . tanh(W [h; s]).</summary>
    Concat = 2,
}
