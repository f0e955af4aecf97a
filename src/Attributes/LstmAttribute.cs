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

    /// <summary>
    /// Whether each layer of the stack also reads backwards in time; then it gives twice as many numbers, the forward direction's first, and the next layer reads both.
    /// Each direction has weights and dropout masks of its own; a classification reads each direction where it ends.
    /// </summary>
    public Direction Direction { get; set; }

    /// <summary>Drop probability of what each layer of the stack reads from below (NR).</summary>
    public double InputDropout { get; set; }

    /// <summary>Drop probability of the hidden state that each layer reads from its previous step (RH).</summary>
    public double RecurrentDropout { get; set; }

    /// <summary>
    /// Drop probability of the recurrent weights of each layer (DropConnect; Merity et al. 2017, arXiv:1708.02182). Under the random patterns single weights are dropped, once per
    /// window and alike for every sample and step; under the structured ones whole rows, which is to say units of the previous hidden state, so that products are compacted.
    /// A layer has this or <see cref="RecurrentDropout"/>.
    /// </summary>
    public double WeightDropout { get; set; }

    /// <summary>Drop probability of the top layer's output for every layer that reads it.</summary>
    public double OutputDropout { get; set; }

    /// <summary>
    /// The factor alpha of the mean square of the top layer's output as <see cref="OutputDropout"/> leaves it, added to the training objective (activation regularization; Merity et al. 2017,
    /// arXiv:1708.02182). The mean is over units and rows, the sum over time, as in the loss: alpha has the value that it has beside a loss that is a mean over time. Reported losses are without it.
    /// </summary>
    public double ActivationPenalty { get; set; }

    /// <summary>
    /// The factor beta of the mean square of what the top layer's output, without dropout, changes by from step to step, added to the training objective (temporal activation
    /// regularization). Summed over the window's T - 1 changes, mean over units and rows; beside a loss that is a mean over time the same beta weighs T / (T - 1) times as much. Reported losses are without it.
    /// </summary>
    public double TemporalPenalty { get; set; }

    /// <summary>The pattern of input dropout, where it differs from the class's or the variant's.</summary>
    public DropoutPattern InputPattern { get; set; }

    /// <summary>The pattern of recurrent dropout, where it differs from the class's or the variant's.</summary>
    public DropoutPattern RecurrentPattern { get; set; }

    /// <summary>The pattern of weight dropout, where it differs from the class's or the variant's; <see cref="DropoutPattern.Random"/> and <see cref="DropoutPattern.RandomFixed"/> are the same here.</summary>
    public DropoutPattern WeightPattern { get; set; }

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
