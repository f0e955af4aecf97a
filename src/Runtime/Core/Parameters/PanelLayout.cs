using System;

namespace SdCompiler.Runtime;

/// <summary>Where the logical columns of a matrix or bias lie in panels of 32.</summary>
internal readonly struct PanelLayout
{
    private const int PanelWidth = KernelSet.PanelColumns;
    private const int UnitsPerPanel = KernelSet.PanelUnits;
    public const int Gates = 4;

    public PanelLayout(int columns, ColumnOrder order)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        if (order == ColumnOrder.Gates && columns % Gates != 0)
        {
            throw new ArgumentException($"A matrix of four gates cannot have {columns} columns; give 4 times the units.", nameof(columns));
        }

        long padded = order == ColumnOrder.Gates
            ? ((columns / Gates) + UnitsPerPanel - 1L) / UnitsPerPanel * PanelWidth
            : (columns + PanelWidth - 1L) / PanelWidth * PanelWidth;
        Count = columns;
        Order = order;
        Padded = checked((int)padded);
        Panels = Padded / PanelWidth;
    }

    public int Count { get; }

    public ColumnOrder Order { get; }

    public int Padded { get; }

    public int Panels { get; }

    /// <summary>The padded column of a logical one; logical gate columns are blockwise: i of every unit, then f, g, o.</summary>
    public int Place(int column)
    {
        if (Order == ColumnOrder.Plain)
        {
            return column;
        }

        int units = Count / Gates;
        int gate = column / units;
        int unit = column % units;
        return (unit / UnitsPerPanel * PanelWidth) + (gate * UnitsPerPanel) + (unit % UnitsPerPanel);
    }

    /// <summary>How many columns of a panel are not padding.</summary>
    public int InPanel(int panel) => Order == ColumnOrder.Plain
        ? Math.Min(PanelWidth, Count - (panel * PanelWidth))
        : Gates * Math.Min(UnitsPerPanel, (Count / Gates) - (panel * UnitsPerPanel));
}
