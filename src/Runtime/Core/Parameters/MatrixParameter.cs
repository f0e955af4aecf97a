using System;

namespace SdCompiler.Runtime;

/// <summary>A weight matrix of a product y = x . W: row k belongs to input unit k, so that one list of kept units drives every phase.</summary>
/// <remarks>
/// The master copy lies in panels of 32 columns, <c>[panel][row][32]</c>, for the forward product and the optimizer. A trainer also keeps a plain copy
/// <c>[row][PaddedColumns]</c> for the backward product, which reads whole rows; whoever changes the panels writes the rows in the same pass.
/// </remarks>
public sealed class MatrixParameter : Parameter
{
    private readonly MatrixParameter? whole;
    private readonly int first;
    private readonly int stride;
    private AlignedBuffer<float>? rowsCopy;

    /// <summary>A matrix of zeros.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="rows">Input units.</param>
    /// <param name="columns">Outputs; four times the units where the order is <see cref="ColumnOrder.Gates"/>.</param>
    /// <param name="order">How the columns lie in memory.</param>
    /// <exception cref="ArgumentException">A size is below 1, the columns are not four gates, or the matrix is larger than one array.</exception>
    public MatrixParameter(string name, int rows, int columns, ColumnOrder order)
        : base(name, [columns, rows], StorageLength(rows, columns, order))
    {
        Rows = rows;
        stride = rows;
        Layout = new PanelLayout(columns, order);
    }

    private MatrixParameter(string name, int rows, int filters, int taps)
        : base(name, [filters, rows, taps], StorageLength(rows, checked(filters * taps), ColumnOrder.Plain))
    {
        Rows = rows;
        stride = rows;
        Taps = taps;
        Layout = new PanelLayout(filters * taps, ColumnOrder.Plain);
    }

    private MatrixParameter(MatrixParameter whole, int first, int rows)
        : base(whole, [whole.Columns, rows])
    {
        this.whole = whole;
        this.first = first;
        Rows = rows;
        stride = whole.stride;
        Layout = whole.Layout;
    }

    /// <summary>Input units.</summary>
    public int Rows { get; }

    /// <summary>Places of the input that a filter of a convolution sees, 1 for every other matrix: column k * filters + f is tap k of filter f.</summary>
    public int Taps { get; } = 1;

    /// <summary>Outputs, padding not counted.</summary>
    public int Columns => Layout.Count;

    /// <summary>Outputs with padding: a multiple of 32.</summary>
    public int PaddedColumns => Layout.Padded;

    /// <summary>Panels of 32 columns.</summary>
    public int Panels => Layout.Panels;

    /// <summary>How the columns lie in memory.</summary>
    public ColumnOrder Order => Layout.Order;

    /// <summary>True when the plain copy exists and must be kept in step.</summary>
    public bool HasRows => whole?.HasRows ?? rowsCopy is not null;

    internal PanelLayout Layout { get; }

    /// <summary>The filters of a convolution over places of one dimension, of PyTorch's shape [filters, rows, taps].</summary>
    /// <param name="name">Its name.</param>
    /// <param name="rows">Input units.</param>
    /// <param name="filters">Outputs.</param>
    /// <param name="taps">Places that a filter sees.</param>
    /// <exception cref="ArgumentException">A size is below 1, or the matrix is larger than one array.</exception>
    public static MatrixParameter Convolution(string name, int rows, int filters, int taps)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(filters, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(taps, 1);
        return new MatrixParameter(name, rows, filters, taps);
    }

    /// <summary>Where row 0 of a column lies in PyTorch's layout; the next rows follow at a distance of <see cref="Taps"/>.</summary>
    internal int TorchIndex(int column)
    {
        int filters = Columns / Taps;
        return (column % filters * Rows * Taps) + (column / filters);
    }

    /// <summary>Some rows of this matrix as a matrix of their own, in the same memory: what one of several inputs side by side meets.</summary>
    /// <param name="start">The first row.</param>
    /// <param name="rows">How many.</param>
    /// <exception cref="ArgumentOutOfRangeException">The matrix has no such rows.</exception>
    /// <exception cref="InvalidOperationException">This is such a part itself.</exception>
    public MatrixParameter Part(int start, int rows)
    {
        if (whole is not null)
        {
            throw new InvalidOperationException($"These are rows of '{Name}' already; take parts of the whole matrix.");
        }

        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows, Rows - start);
        return new MatrixParameter(this, start, rows);
    }

    /// <summary>Makes the plain copy <c>[row][PaddedColumns]</c> that backward products need, unless it exists.</summary>
    public void EnsureRows()
    {
        if (whole is not null)
        {
            whole.EnsureRows();
        }
        else if (rowsCopy is null)
        {
            rowsCopy = new AlignedBuffer<float>((long)Rows * PaddedColumns);
            CopyPanelsToRows(0, Panels);
        }
    }

    /// <summary>The first float of a panel, <c>[row][32]</c>.</summary>
    internal unsafe float* Panel(int panel) => Storage.Pointer + ((((long)panel * stride) + first) * KernelSet.PanelColumns);

    /// <summary>The plain copy, <c>[row][PaddedColumns]</c>.</summary>
    internal unsafe float* RowsPointer()
        => whole is not null ? whole.RowsPointer() + ((long)first * PaddedColumns)
        : rowsCopy is null ? throw new InvalidOperationException($"Parameter '{Name}' has no plain rows; call EnsureRows first.") : rowsCopy.Pointer;

    /// <summary>Brings the plain copy, if there is one, in step with all panels.</summary>
    internal void RefreshRows() => CopyPanelsToRows(0, Panels);

    /// <summary>Brings the plain copy, if there is one, in step with some panels.</summary>
    internal unsafe void CopyPanelsToRows(int start, int end)
    {
        if (whole is not null)
        {
            whole.CopyPanelsToRows(start, end);
            return;
        }

        if (rowsCopy is null)
        {
            return;
        }

        for (int panel = start; panel < end; panel++)
        {
            float* from = Panel(panel);
            float* to = rowsCopy.Pointer + (panel * KernelSet.PanelColumns);
            for (int row = 0; row < Rows; row++)
            {
                new ReadOnlySpan<float>(from, KernelSet.PanelColumns).CopyTo(new Span<float>(to, KernelSet.PanelColumns));
                from += KernelSet.PanelColumns;
                to += PaddedColumns;
            }
        }
    }

    private protected override unsafe void Read(ReadOnlySpan<float> torch)
    {
        for (int column = 0; column < Columns; column++)
        {
            float* to = Address(column);
            int from = TorchIndex(column);
            for (int row = 0; row < Rows; row++)
            {
                to[(long)row * KernelSet.PanelColumns] = torch[from + (row * Taps)];
            }
        }

        CopyPanelsToRows(0, Panels);
    }

    private protected override unsafe void Write(Span<float> torch)
    {
        for (int column = 0; column < Columns; column++)
        {
            float* from = Address(column);
            int to = TorchIndex(column);
            for (int row = 0; row < Rows; row++)
            {
                torch[to + (row * Taps)] = from[(long)row * KernelSet.PanelColumns];
            }
        }
    }

    private static long StorageLength(int rows, int columns, ColumnOrder order)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        return (long)rows * new PanelLayout(columns, order).Padded;
    }

    /// <summary>Row 0 of a logical column; the next rows follow at a distance of 32.</summary>
    private unsafe float* Address(int column)
    {
        int place = Layout.Place(column);
        return Panel(place / KernelSet.PanelColumns) + (place % KernelSet.PanelColumns);
    }
}
