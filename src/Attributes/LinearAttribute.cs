namespace SdCompiler;

/// <summary>A fully connected layer applied at every time step, with an optional activation.</summary>
public sealed class LinearAttribute : LayerAttribute
{
    /// <summary>A fully connected layer.</summary>
    /// <param name="units">Outputs.</param>
    public LinearAttribute(int units) => Units = units;

    /// <summary>Outputs.</summary>
    public int Units { get; }

    /// <summary>The element-wise function of the outputs.</summary>
    public Activation Activation { get; set; }

    /// <summary>Drop probability of what the layer reads.</summary>
    public double InputDropout { get; set; }

    /// <summary>The pattern of input dropout, where it differs from the class's or the variant's.</summary>
    public DropoutPattern InputPattern { get; set; }

    /// <summary>Drop probability of the layer's output for every layer that reads it.</summary>
    public double OutputDropout { get; set; }

    /// <summary>The pattern of output dropout, where it differs from the class's or the variant's.</summary>
    public DropoutPattern OutputPattern { get; set; }
}
