namespace SdCompiler;

/// <summary>Adam with decoupled weight decay (Loshchilov and Hutter 2019, arXiv:1711.05101).</summary>
public sealed class AdamW : Adam
{
    /// <summary>AdamW with PyTorch's settings: rate 0.001, betas 0.9 and 0.999, epsilon 1e-8, decay 0.01.</summary>
    public AdamW()
    {
        Decoupled = true;
        WeightDecay = 0.01;
    }
}
