namespace SdCompiler;

/// <summary>What the layers that end a model have in common.</summary>
public abstract class LossAttribute : LayerAttribute
{
    private protected LossAttribute()
    {
    }

    /// <summary>Drop probability of what the layer reads.</summary>
    public double InputDropout { get; set; }

    /// <summary>The pattern of input dropout, where it differs from the class's or the variant's.</summary>
    public DropoutPattern InputPattern { get; set; }
}
