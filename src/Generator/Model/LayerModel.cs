namespace SdCompiler.Generator.Model;

/// <summary>One layer member of a model, checked: every number is in range and every name exists.</summary>
/// <param name="Kind">What the layer is.</param>
/// <param name="Name">The property's name as written in C#, with '@' where it is a keyword.</param>
/// <param name="Accessibility">The property's modifiers as written, without 'partial': accessibility, and 'virtual' and the like. Both parts must agree on them.</param>
/// <param name="HasDocumentation">Whether the user documented the property.</param>
/// <param name="Sources">Names of the layers it reads, in order: none for inputs, several for Concat.</param>
/// <param name="Width">Outputs: units, vector length, classes.</param>
/// <param name="Tokens">Rows of the table of an embedding, or of one of characters; null for other kinds.</param>
/// <param name="Layers">Stacked layers of an LSTM; 1 for other kinds.</param>
/// <param name="WordDropout">Whole-word drop probability of an embedding.</param>
/// <param name="InputDropout">Dropout of what the layer reads.</param>
/// <param name="RecurrentDropout">Dropout of the previous hidden state.</param>
/// <param name="OutputDropout">Dropout of what the layer gives.</param>
/// <param name="Activation">The function of a linear layer.</param>
/// <param name="IgnoreIndex">The target without loss.</param>
/// <param name="TiedTo">The embedding whose table is this softmax's weight, or null.</param>
/// <param name="Initializer">First values: the layer's own choice, or else the class's.</param>
/// <param name="InitialRange">Range of the uniform initialiser: the layer's own, or else the class's.</param>
/// <param name="ForgetBias">First value of the forget gate's bias; NaN leaves it to the initialiser.</param>
internal sealed record LayerModel(
    LayerKind Kind,
    string Name,
    string Accessibility,
    bool HasDocumentation,
    EquatableArray<string> Sources,
    SizeModel Width,
    SizeModel? Tokens,
    int Layers,
    decimal WordDropout,
    DropoutModel InputDropout,
    DropoutModel RecurrentDropout,
    DropoutModel OutputDropout,
    Activation Activation,
    int IgnoreIndex,
    string? TiedTo,
    Initializer Initializer,
    double InitialRange,
    double ForgetBias)
{
    /// <summary>Whether training leaves the embedding's table as it is.</summary>
    public bool IsFrozen { get; init; }

    /// <summary>In which direction of time an LSTM reads.</summary>
    public Direction Direction { get; init; }

    /// <summary>Numbers per row and step that one layer of a stack gives to its readers; constant but for a loss with late classes.</summary>
    public SizeModel OutputWidth => Direction == Direction.Both || Kind == LayerKind.CharacterLstm ? SizeModel.Of(2 * Width.Constant) : Width;

    /// <summary>The characters of a layer over words; null for other kinds.</summary>
    public CharacterModel? Characters { get; init; }

    /// <summary>The experts of a mixture of softmaxes; null for other kinds.</summary>
    public MixtureModel? Mixture { get; init; }

    /// <summary>Dropout of the contexts of a mixture of softmaxes.</summary>
    public DropoutModel LatentDropout { get; init; } = DropoutModel.None;

    /// <summary>Whether it is a loss that predicts one class at every step, each on its own.</summary>
    public bool IsClassOfEachStep => Kind is LayerKind.Softmax or LayerKind.MixtureOfSoftmaxes;

    /// <summary>Dropout of an LSTM's recurrent weights.</summary>
    public DropoutModel WeightDropout { get; init; } = DropoutModel.None;

    /// <summary>The factor of the mean square of an LSTM's dropped output.</summary>
    public double ActivationPenalty { get; init; }

    /// <summary>The factor of the mean square of the changes of an LSTM's output.</summary>
    public double TemporalPenalty { get; init; }

    /// <summary>The share of a softmax's target that all classes get.</summary>
    public double LabelSmoothing { get; init; }

    /// <summary>The encoder whose last state an LSTM starts from, or null.</summary>
    public string? InitialState { get; init; }

    /// <summary>The attention whose output of the step before an LSTM reads too, or null.</summary>
    public string? Feedback { get; init; }

    /// <summary>The encoder that an attention attends to, or null.</summary>
    public string? Encoder { get; init; }

    /// <summary>How an attention scores states.</summary>
    public AttentionScore Score { get; init; }

    /// <summary>The embedding whose next token a softmax predicts, or null.</summary>
    public string? Predicts { get; init; }

    /// <summary>Whether the layer is on the source side of an encoder-decoder.</summary>
    public bool IsSource { get; init; }
}
