using System;

namespace SdCompiler.Runtime;

/// <summary>The gradient of a <see cref="MatrixParameter"/>, in the same panels <c>[panel][row][32]</c>; one part for each panel.</summary>
public sealed class MatrixGradient : ParameterGradient
{
    private readonly bool[] touched;

    /// <summary>A gradient of zeros.</summary>
    /// <param name="parameter">The matrix.</param>
    public MatrixGradient(MatrixParameter parameter)
        : base(parameter, parameter.Storage.Length, parameter.Panels)
    {
        Matrix = parameter;
        touched = new bool[parameter.Panels];
    }

    /// <summary>The matrix this is the gradient of.</summary>
    public MatrixParameter Matrix { get; }

    /// <summary>The first float of a panel, <c>[row][32]</c>.</summary>
    internal unsafe float* Panel(int panel) => Storage.Pointer + ((long)panel * Matrix.Rows * KernelSet.PanelColumns);

    /// <summary>Forgets which panels of a share were touched; the owner of the share calls it.</summary>
    internal void ForgetTouched(Share panels) => touched.AsSpan(panels.Start, panels.Count).Clear();

    /// <summary>Notes that a panel changes; true for the first time since <see cref="ForgetTouched"/>. The owner of its share calls it.</summary>
    internal bool Touch(int panel)
    {
        bool first = !touched[panel];
        touched[panel] = true;
        return first;
    }

    private protected override unsafe void Write(Span<float> torch)
    {
        for (int column = 0; column < Matrix.Columns; column++)
        {
            int place = Matrix.Layout.Place(column);
            float* from = Panel(place / KernelSet.PanelColumns) + (place % KernelSet.PanelColumns);
            int to = Matrix.TorchIndex(column);
            for (int row = 0; row < Matrix.Rows; row++)
            {
                torch[to + (row * Matrix.Taps)] = from[(long)row * KernelSet.PanelColumns];
            }
        }
    }
}
