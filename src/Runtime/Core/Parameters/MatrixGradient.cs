using System;

namespace SdCompiler.Runtime;

/// <summary>The gradient of a <see cref="MatrixParameter"/>, in the same panels <c>[panel][row][32]</c>; one part for each panel.</summary>
public sealed class MatrixGradient : ParameterGradient
{
    private readonly bool[] touched;
    private readonly int first;
    private readonly int stride;

    /// <summary>A gradient of zeros.</summary>
    /// <param name="parameter">The matrix.</param>
    public MatrixGradient(MatrixParameter parameter)
        : this(parameter, 1)
    {
    }

    /// <summary>A gradient of zeros that is computed in parts (<see cref="Part"/>), each of which sums its own squares.</summary>
    /// <param name="parameter">The whole matrix.</param>
    /// <param name="parts">How many parts, together all rows.</param>
    public MatrixGradient(MatrixParameter parameter, int parts)
        : base(parameter, parameter.Storage.Length, parameter.Panels * parts)
    {
        Matrix = parameter;
        stride = parameter.Rows;
        touched = new bool[parameter.Panels];
    }

    private MatrixGradient(MatrixGradient whole, MatrixParameter part, int start, int number)
        : base(part, whole, number * part.Panels)
    {
        Matrix = part;
        first = start;
        stride = whole.stride;
        touched = whole.touched;
    }

    /// <summary>The matrix this is the gradient of.</summary>
    public MatrixParameter Matrix { get; }

    /// <summary>The gradient of some rows, in the memory of this one.</summary>
    /// <param name="start">The first row.</param>
    /// <param name="rows">How many.</param>
    /// <param name="number">The part's number, from 0.</param>
    public MatrixGradient Part(int start, int rows, int number) => new(this, Matrix.Part(start, rows), start, number);

    /// <summary>The first float of a panel, <c>[row][32]</c>.</summary>
    internal unsafe float* Panel(int panel) => Storage.Pointer + ((((long)panel * stride) + first) * KernelSet.PanelColumns);

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
