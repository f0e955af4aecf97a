using SdCompiler.Runtime;

namespace SdCompiler;

/// <summary>Predicts real numbers at every time step; the loss is the squared error.</summary>
public sealed class RegressionLayer : Layer
{
    /// <summary>A layer; called by emitted code.</summary>
    /// <param name="name">The name of the model's property.</param>
    /// <param name="outputs">Numbers predicted per row and time step.</param>
    /// <param name="weight">The matrix.</param>
    /// <param name="bias">The bias.</param>
    public RegressionLayer(string name, int outputs, MatrixParameter weight, VectorParameter bias)
        : base(name, outputs, weight, bias)
    {
    }

    /// <summary>The matrix, [outputs, inputs].</summary>
    public WeightTensor Weight => Weights[0];

    /// <summary>The bias, [outputs].</summary>
    public WeightTensor Bias => Weights[1];
}
