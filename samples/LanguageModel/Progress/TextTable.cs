using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;

namespace SdCompiler.Samples.LanguageModel.Progress;

/// <summary>A table of plain text: the first column to the left, numbers to the right, as wide as it needs to be.</summary>
internal sealed class TextTable(params string[] headings)
{
    private readonly List<string[]> _rows = [];

    /// <summary>Adds a row with one cell per column.</summary>
    public void Add(params string[] cells)
    {
        if (cells.Length != headings.Length)
        {
            throw new ArgumentException($"A row has {cells.Length} cells and the table {headings.Length} columns.", nameof(cells));
        }

        _rows.Add(cells);
    }

    /// <summary>Writes the table.</summary>
    public void Write(TextWriter output)
    {
        int[] widths = headings.Select((heading, column) => _rows.Select(row => row[column].Length).Append(heading.Length).Max()).ToArray();
        output.WriteLine(Line(headings, widths));
        output.WriteLine(string.Join("  ", widths.Select(width => new string('-', width))));
        foreach (string[] row in _rows)
        {
            output.WriteLine(Line(row, widths));
        }
    }

    private static string Line(string[] cells, int[] widths)
    {
        StringBuilder line = new();
        for (int column = 0; column < cells.Length; column++)
        {
            line.Append(column == 0 ? cells[0].PadRight(widths[0]) : "  " + cells[column].PadLeft(widths[column]));
        }

        return line.ToString().TrimEnd();
    }
}
