using System;
using System.Collections.Generic;
using System.Linq;

namespace SdCompiler.Generator.Emit;

/// <summary>Columns of plain text.</summary>
internal static class TextTable
{
    private const int Gap = 3;

    /// <summary>Pads every column to its widest cell; lines end without blanks.</summary>
    public static IEnumerable<string> Align(IEnumerable<string[]> rows)
    {
        string[][] table = rows.ToArray();
        int[] widths = new int[table.Length == 0 ? 0 : table.Max(row => row.Length)];
        foreach (string[] row in table)
        {
            for (int i = 0; i < row.Length; i++)
            {
                widths[i] = Math.Max(widths[i], row[i].Length);
            }
        }

        return table.Select(row => string.Concat(row.Select((cell, i) => cell.PadRight(widths[i] + Gap))).TrimEnd());
    }
}
