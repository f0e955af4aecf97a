using SdCompiler.Runtime;

namespace SdCompiler;

/// <summary>A fully connected layer applied at every time step.</summary>
public sealed class LinearLayer : Layer
{
    /// <summary>A layer; called by emitted code.</summary>
    /// <param name="name">The name of the model's property.</param>
    /// <param name="units">Outputs.</param>
    /// <param name="activation">The element-wise function of the outputs.</param>
    /// <param name="weight">The matrix.</param>
    /// <param name="bias">The bias.</param>
    public LinearLayer(string name, int units, Activation activation, MatrixParameter weight, VectorParameter bias)
        : base(name, units, weight, bias) => Activation = activation;

    /// <summary>The element-wise function of the outputs.</summary>
    public Activation Activation { get; }

    /// <summary>The matrix, [units, inputs].</summary>
    public WeightTensor Weight => Weights[0];

    /// <summary>The bias, [units].</summary>
    public WeightTensor Bias => Weights[1];
}
