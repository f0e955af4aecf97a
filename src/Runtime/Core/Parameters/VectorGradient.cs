using System;

namespace SdCompiler.Runtime;

/// <summary>The gradient of a <see cref="VectorParameter"/>, in the same order and padding; one part for each panel of 32.</summary>
public sealed class VectorGradient : ParameterGradient
{
    /// <summary>A gradient of zeros.</summary>
    /// <param name="parameter">The vector.</param>
    public VectorGradient(VectorParameter parameter)
        : base(parameter, parameter.PaddedColumns, parameter.Panels) => Vector = parameter;

    /// <summary>The vector this is the gradient of.</summary>
    public VectorParameter Vector { get; }

    /// <summary>The first float of a panel's 32.</summary>
    internal unsafe float* Panel(int panel) => Storage.Pointer + (panel * KernelSet.PanelColumns);

    private protected override void Write(Span<float> torch)
    {
        ReadOnlySpan<float> from = Storage.Span;
        for (int column = 0; column < torch.Length; column++)
        {
            torch[column] = from[Vector.Layout.Place(column)];
        }
    }
}
