using System;
using SdCompiler.Runtime;

namespace SdCompiler;

/// <summary>A long short-term memory layer, or a stack of equal ones.</summary>
public sealed class LstmLayer : Layer
{
    private const int TensorsPerLayer = 3;

    /// <summary>A layer; called by emitted code.</summary>
    /// <param name="name">The name of the model's property.</param>
    /// <param name="units">Hidden units, H.</param>
    /// <param name="parameters">For each layer of the stack, from below: input weights, recurrent weights, bias.</param>
    /// <exception cref="ArgumentException">There are not three parameters for each layer.</exception>
    public LstmLayer(string name, int units, params Parameter[] parameters)
        : base(name, units, parameters)
    {
        if (parameters.Length == 0 || parameters.Length % TensorsPerLayer != 0)
        {
            throw new ArgumentException($"'{name}' has {parameters.Length} parameters; each layer of the stack has three.", nameof(parameters));
        }
    }

    /// <summary>Hidden units, H.</summary>
    public int Units => Width;

    /// <summary>Stacked layers.</summary>
    public int Layers => Weights.Count / TensorsPerLayer;

    /// <summary>The weights of what a layer of the stack reads from below, [4H, inputs]; PyTorch's <c>weight_ih_l{layer}</c>.</summary>
    /// <param name="layer">The layer of the stack, from 0.</param>
    public WeightTensor InputWeights(int layer = 0) => Weights[Checked(layer) * TensorsPerLayer];

    /// <summary>The weights of a layer's own previous state, [4H, H]; PyTorch's <c>weight_hh_l{layer}</c>.</summary>
    /// <param name="layer">The layer of the stack, from 0.</param>
    public WeightTensor RecurrentWeights(int layer = 0) => Weights[(Checked(layer) * TensorsPerLayer) + 1];

    /// <summary>The bias, [4H]; the sum of PyTorch's <c>bias_ih_l{layer}</c> and <c>bias_hh_l{layer}</c>.</summary>
    /// <param name="layer">The layer of the stack, from 0.</param>
    public WeightTensor Bias(int layer = 0) => Weights[(Checked(layer) * TensorsPerLayer) + 2];

    private int Checked(int layer) => (uint)layer < (uint)Layers
        ? layer
        : throw new ArgumentOutOfRangeException(nameof(layer), layer, $"'{Name}' has {Layers} layers, numbered from 0.");
}
