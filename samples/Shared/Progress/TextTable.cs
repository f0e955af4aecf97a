using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace SdCompiler.Samples.Shared.Progress;

/// <summary>A table of plain text, as wide as it needs to be: columns of numbers to the right, the others to the left.</summary>
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
        bool[] numbers = headings.Select((_, column) => _rows.Any(row => row[column].Length > 0 && char.IsAsciiDigit(row[column][0]))).ToArray();
        output.WriteLine(Line(headings, widths, numbers));
        output.WriteLine(string.Join("  ", widths.Select(width => new string('-', width))));
        foreach (string[] row in _rows)
        {
            output.WriteLine(Line(row, widths, numbers));
        }
    }

    private static string Line(string[] cells, int[] widths, bool[] numbers) =>
        string.Join("  ", cells.Select((cell, column) => numbers[column] ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]))).TrimEnd();
}
