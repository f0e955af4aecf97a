namespace SdCompiler;

/// <summary>
/// Predicts one class per row and time step by a mixture of softmaxes (Yang et al. 2017): each expert makes a context of what the layer reads, all contexts go through one softmax, and the
/// experts' probabilities are mixed by weights that depend on what the layer reads. The loss is the cross-entropy in nats, summed over time, mean over rows.
/// </summary>
public sealed class MixtureOfSoftmaxesAttribute : LossAttribute
{
    /// <summary>A mixture whose number of classes is a dimension of the model.</summary>
    /// <param name="classes">The name of a <see cref="DimensionAttribute"/> property.</param>
    public MixtureOfSoftmaxesAttribute(string classes) => Classes = classes;

    /// <summary>A mixture whose number of classes is a constant.</summary>
    /// <param name="classes">The number of classes, at least 2.</param>
    public MixtureOfSoftmaxesAttribute(int classes) => ClassCount = classes;

    /// <summary>The name of the dimension that counts classes, or null.</summary>
    public string? Classes { get; }

    /// <summary>The constant number of classes, or 0.</summary>
    public int ClassCount { get; }

    /// <summary>How many softmaxes are mixed.</summary>
    public int Experts { get; set; } = 15;

    /// <summary>The length of an expert's context; 0 for the width of what the layer reads. A tied embedding has vectors of this length.</summary>
    public int Width { get; set; }

    /// <summary>The target value that contributes no loss and no gradient; it may be a class, such as that of padding.</summary>
    public int IgnoreIndex { get; set; } = -1;

    /// <summary>The name of an embedding with the same tokens, and vectors as long as a context, whose table is also the weight of the softmax.</summary>
    public string? TiedTo { get; set; }

    /// <summary>
    /// Drop probability of the numbers of the contexts. Under the random patterns each expert of each row has a mask of its own; under the structured ones the contexts of all
    /// experts and rows share one list of kept numbers.
    /// </summary>
    public double LatentDropout { get; set; }

    /// <summary>The pattern of the contexts' dropout, where it differs from the class's or the variant's.</summary>
    public DropoutPattern LatentPattern { get; set; }
}
