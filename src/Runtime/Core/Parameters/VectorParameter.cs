using System;

namespace SdCompiler.Runtime;

/// <summary>A bias: one number for each column of the matrix it goes with, in the same order and padding.</summary>
public sealed class VectorParameter : Parameter
{
    /// <summary>A vector of zeros.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="columns">How many numbers; four times the units where the order is <see cref="ColumnOrder.Gates"/>.</param>
    /// <param name="order">How they lie in memory.</param>
    /// <exception cref="ArgumentException">The size is below 1, or the columns are not four gates.</exception>
    public VectorParameter(string name, int columns, ColumnOrder order)
        : base(name, [columns], new PanelLayout(columns, order).Padded) => Layout = new PanelLayout(columns, order);

    /// <summary>How many numbers, padding not counted.</summary>
    public int Columns => Layout.Count;

    /// <summary>How many with padding: a multiple of 32.</summary>
    public int PaddedColumns => Layout.Padded;

    /// <summary>Panels of 32 columns.</summary>
    public int Panels => Layout.Panels;

    /// <summary>How the columns lie in memory.</summary>
    public ColumnOrder Order => Layout.Order;

    internal PanelLayout Layout { get; }

    /// <summary>The first float of a panel's 32.</summary>
    internal unsafe float* Panel(int panel) => Storage.Pointer + (panel * KernelSet.PanelColumns);

    private protected override void Read(ReadOnlySpan<float> torch)
    {
        Span<float> to = Storage.Span;
        for (int column = 0; column < torch.Length; column++)
        {
            to[Layout.Place(column)] = torch[column];
        }
    }

    private protected override void Write(Span<float> torch)
    {
        ReadOnlySpan<float> from = Storage.Span;
        for (int column = 0; column < torch.Length; column++)
        {
            torch[column] = from[Layout.Place(column)];
        }
    }
}
