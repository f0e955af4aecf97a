using System;
using System.Collections.Generic;
using SdCompiler.Runtime;

namespace SdCompiler;

/// <summary>One weight of a layer, read and written as copies in PyTorch's layout: row-major, LSTM gates one after the other in the order i, f, g, o.</summary>
public sealed class WeightTensor
{
    private readonly Parameter _parameter;

    internal WeightTensor(Parameter parameter) => _parameter = parameter;

    /// <summary>The name in files, such as <c>Lower.weight_ih_l0</c>.</summary>
    public string Name => _parameter.Name;

    /// <summary>The shape in PyTorch's layout: [outputs, inputs] for a matrix.</summary>
    public IReadOnlyList<int> Shape => _parameter.Shape.ToArray();

    /// <summary>How many numbers it has.</summary>
    public int Count => checked((int)_parameter.Count);

    /// <summary>A copy of the values.</summary>
    public float[] ToArray()
    {
        var values = new float[Count];
        _parameter.WriteTo(values);
        return values;
    }

    /// <summary>Copies the values.</summary>
    /// <param name="values">Room for exactly <see cref="Count"/> numbers.</param>
    /// <exception cref="ArgumentException">The length is another.</exception>
    public void CopyTo(Span<float> values) => _parameter.WriteTo(values);

    /// <summary>Sets the values. Not while a step runs.</summary>
    /// <param name="values">Exactly <see cref="Count"/> numbers.</param>
    /// <exception cref="ArgumentException">The length is another.</exception>
    public void CopyFrom(ReadOnlySpan<float> values) => _parameter.ReadFrom(values);
}
