namespace SdCompiler;

/// <summary>Predicts one class per row and time step; the loss is the cross-entropy in nats, summed over time, mean over rows.</summary>
public sealed class SoftmaxAttribute : LossAttribute
{
    /// <summary>A softmax whose number of classes is a dimension of the model.</summary>
    /// <param name="classes">The name of a <see cref="DimensionAttribute"/> property.</param>
    public SoftmaxAttribute(string classes) => Classes = classes;

    /// <summary>A softmax whose number of classes is a constant.</summary>
    /// <param name="classes">The number of classes, at least 2.</param>
    public SoftmaxAttribute(int classes) => ClassCount = classes;

    /// <summary>The name of the dimension that counts classes, or null.</summary>
    public string? Classes { get; }

    /// <summary>The constant number of classes, or 0.</summary>
    public int ClassCount { get; }

    /// <summary>The target value that contributes no loss and no gradient; it may be a class, such as that of padding.</summary>
    public int IgnoreIndex { get; set; } = -1;

    /// <summary>
    /// The share of the target, from 0 up to, not including, 1, that training spreads evenly over all classes, the target's own included (Szegedy et al. 2016). Reported losses, while training too, and evaluation are
    /// those of the target alone.
    /// </summary>
    public double LabelSmoothing { get; set; }

    /// <summary>
    /// In a model with an encoder and a decoder: the name of the embedding on the target side whose next token is predicted, so that a predictor can feed back what it has chosen.
    /// </summary>
    public string? Predicts { get; set; }

    /// <summary>The name of an embedding with the same tokens and width whose table is also the weight of this layer.</summary>
    public string? TiedTo { get; set; }
}
