using SdCompiler.Runtime;

namespace SdCompiler;

/// <summary>Predicts one class per row and time step; the loss is the cross-entropy.</summary>
public sealed class SoftmaxLayer : Layer
{
    /// <summary>A layer; called by emitted code.</summary>
    /// <param name="name">The name of the model's property.</param>
    /// <param name="classes">How many classes there are.</param>
    /// <param name="weight">The matrix.</param>
    /// <param name="bias">The bias.</param>
    public SoftmaxLayer(string name, int classes, MatrixParameter weight, VectorParameter bias)
        : base(name, classes, weight, bias)
    {
    }

    /// <summary>The matrix, [classes, inputs]; shared with an embedding where the two are tied.</summary>
    public WeightTensor Weight => Weights[0];

    /// <summary>The bias, [classes].</summary>
    public WeightTensor Bias => Weights[1];
}
