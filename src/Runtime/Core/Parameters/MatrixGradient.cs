using System;

namespace SdCompiler.Runtime;

/// <summary>The gradient of a <see cref="MatrixParameter"/>, in the same panels <c>[panel][row][32]</c>; one part for each panel.</summary>
public sealed class MatrixGradient : ParameterGradient
{
    /// <summary>A gradient of zeros.</summary>
    /// <param name="parameter">The matrix.</param>
    public MatrixGradient(MatrixParameter parameter)
        : base(parameter, parameter.Storage.Length, parameter.Panels) => Matrix = parameter;

    /// <summary>The matrix this is the gradient of.</summary>
    public MatrixParameter Matrix { get; }

    /// <summary>The first float of a panel, <c>[row][32]</c>.</summary>
    internal unsafe float* Panel(int panel) => Storage.Pointer + ((long)panel * Matrix.Rows * KernelSet.PanelColumns);

    private protected override unsafe void Write(Span<float> torch)
    {
        for (int column = 0; column < Matrix.Columns; column++)
        {
            int place = Matrix.Layout.Place(column);
            float* from = Panel(place / KernelSet.PanelColumns) + (place % KernelSet.PanelColumns);
            for (int row = 0; row < Matrix.Rows; row++)
            {
                torch[(column * Matrix.Rows) + row] = from[(long)row * KernelSet.PanelColumns];
            }
        }
    }
}
