namespace SdCompiler;

/// <summary>A long short-term memory layer (or a stack of <see cref="Layers"/> equal ones), gates i, f, g, o.</summary>
public sealed class LstmAttribute : LayerAttribute
{
    /// <summary>An LSTM layer.</summary>
    /// <param name="units">Hidden units, H.</param>
    public LstmAttribute(int units) => Units = units;

    /// <summary>Hidden units, H.</summary>
    public int Units { get; }

    /// <summary>How many equal layers are stacked.</summary>
    public int Layers { get; set; } = 1;

    /// <summary>Drop probability of what each layer of the stack reads from below (NR).</summary>
    public double InputDropout { get; set; }

    /// <summary>Drop probability of the hidden state that each layer reads from its previous step (RH).</summary>
    public double RecurrentDropout { get; set; }

    /// <summary>Drop probability of the top layer's output for every layer that reads it.</summary>
    public double OutputDropout { get; set; }

    /// <summary>The pattern of input dropout, where it differs from the class's or the variant's.</summary>
    public DropoutPattern InputPattern { get; set; }

    /// <summary>The pattern of recurrent dropout, where it differs from the class's or the variant's.</summary>
    public DropoutPattern RecurrentPattern { get; set; }

    /// <summary>The pattern of output dropout, where it differs from the class's or the variant's.</summary>
    public DropoutPattern OutputPattern { get; set; }

    /// <summary>
    /// The name of an encoder, an LSTM layer with as many units and layers: every layer of this one starts at the state of the encoder's layer after each sentence's own last step.
    /// The model then has two sides, a source with the encoder and a target, whose sequences have their own lengths.
    /// </summary>
    public string? InitialState { get; set; }

    /// <summary>
    /// The name of the <see cref="AttentionAttribute"/> layer below that reads this one: what it gave at the step before stands beside what this layer reads (input feeding).
    /// <see cref="InputDropout"/> acts on what is read from above; what is fed back has the output dropout of the attention.
    /// </summary>
    public string? Feedback { get; set; }

    /// <summary>The first value of the forget gate's bias; NaN (the default) leaves it to the initialiser.</summary>
    public double ForgetBias { get; set; } = double.NaN;
}
