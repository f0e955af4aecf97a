using System.Collections.Generic;
using SdCompiler.Runtime;

namespace SdCompiler;

/// <summary>A layer of a model: its name, its width and its weights, as the model's property gives it.</summary>
public abstract class Layer
{
    private protected Layer(string name, int width, params Parameter[] parameters)
    {
        Name = name;
        Width = width;
        var tensors = new WeightTensor[parameters.Length];
        for (int i = 0; i < tensors.Length; i++)
        {
            tensors[i] = new WeightTensor(parameters[i]);
        }

        Weights = tensors;
    }

    /// <summary>The name of the model's property.</summary>
    public string Name { get; }

    /// <summary>Outputs for each row and time step.</summary>
    public int Width { get; }

    /// <summary>The layer's weights, in PyTorch's order; empty for a layer without weights.</summary>
    public IReadOnlyList<WeightTensor> Weights { get; }

    /// <summary>The layer's name.</summary>
    public override string ToString() => Name;
}
