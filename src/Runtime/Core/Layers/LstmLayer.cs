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
        : this(name, units, Direction.Forward, parameters)
    {
    }

    /// <summary>A layer; called by emitted code.</summary>
    /// <param name="name">The name of the model's property.</param>
    /// <param name="units">Hidden units, H, of each direction.</param>
    /// <param name="direction">In which direction of time it reads.</param>
    /// <param name="parameters">For each layer of the stack, from below, and for each of its directions: input weights, recurrent weights, bias.</param>
    /// <exception cref="ArgumentException">There are not three parameters for each layer and direction.</exception>
    public LstmLayer(string name, int units, Direction direction, params Parameter[] parameters)
        : base(name, direction == Direction.Both ? 2 * units : units, parameters)
    {
        int tensors = direction == Direction.Both ? 2 * TensorsPerLayer : TensorsPerLayer;
        if (parameters.Length == 0 || parameters.Length % tensors != 0)
        {
            throw new ArgumentException($"'{name}' has {parameters.Length} parameters; each layer of the stack has {tensors}.", nameof(parameters));
        }

        Direction = direction;
    }

    /// <summary>In which direction of time it reads; both directions stand side by side in what it gives.</summary>
    public Direction Direction { get; }

    /// <summary>Hidden units, H, of each direction.</summary>
    public int Units => Directions == 2 ? Width / 2 : Width;

    /// <summary>Stacked layers.</summary>
    public int Layers => Weights.Count / (TensorsPerLayer * Directions);

    private int Directions => Direction == Direction.Both ? 2 : 1;

    /// <summary>The weights of what a layer of the stack reads from below, [4H, inputs]; PyTorch's <c>weight_ih_l{layer}</c>.</summary>
    /// <param name="layer">The layer of the stack, from 0.</param>
    public WeightTensor InputWeights(int layer = 0) => Tensor(layer, reverse: false, 0);

    /// <summary>The weights of a layer's own previous state, [4H, H]; PyTorch's <c>weight_hh_l{layer}</c>.</summary>
    /// <param name="layer">The layer of the stack, from 0.</param>
    public WeightTensor RecurrentWeights(int layer = 0) => Tensor(layer, reverse: false, 1);

    /// <summary>The bias, [4H]; the sum of PyTorch's <c>bias_ih_l{layer}</c> and <c>bias_hh_l{layer}</c>.</summary>
    /// <param name="layer">The layer of the stack, from 0.</param>
    public WeightTensor Bias(int layer = 0) => Tensor(layer, reverse: false, 2);

    /// <summary>The weights of what the reverse direction of a layer reads from below, [4H, inputs]; PyTorch's <c>weight_ih_l{layer}_reverse</c>.</summary>
    /// <param name="layer">The layer of the stack, from 0.</param>
    /// <exception cref="InvalidOperationException">The layer reads forward only.</exception>
    public WeightTensor ReverseInputWeights(int layer = 0) => Tensor(layer, reverse: true, 0);

    /// <summary>The weights of the reverse direction's own state at the step after, [4H, H]; PyTorch's <c>weight_hh_l{layer}_reverse</c>.</summary>
    /// <param name="layer">The layer of the stack, from 0.</param>
    /// <exception cref="InvalidOperationException">The layer reads forward only.</exception>
    public WeightTensor ReverseRecurrentWeights(int layer = 0) => Tensor(layer, reverse: true, 1);

    /// <summary>The bias of the reverse direction, [4H]; the sum of PyTorch's <c>bias_ih_l{layer}_reverse</c> and <c>bias_hh_l{layer}_reverse</c>.</summary>
    /// <param name="layer">The layer of the stack, from 0.</param>
    /// <exception cref="InvalidOperationException">The layer reads forward only.</exception>
    public WeightTensor ReverseBias(int layer = 0) => Tensor(layer, reverse: true, 2);

    private WeightTensor Tensor(int layer, bool reverse, int which) => reverse && Directions == 1
        ? throw new InvalidOperationException($"'{Name}' reads forward only; it has a reverse direction with Direction = Direction.Both.")
        : Weights[(((Checked(layer) * Directions) + (reverse ? 1 : 0)) * TensorsPerLayer) + which];

    private int Checked(int layer) => (uint)layer < (uint)Layers
        ? layer
        : throw new ArgumentOutOfRangeException(nameof(layer), layer, $"'{Name}' has {Layers} layers, numbered from 0.");
}
