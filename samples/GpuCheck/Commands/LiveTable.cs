using System;
using System.IO;
using System.Linq;

namespace SdCompiler.Samples.GpuCheck.Commands;

/// <summary>A table of plain text whose rows appear as they are found; the width of each column is given.</summary>
/// <param name="output">Where it goes.</param>
/// <param name="columns">Heading and width of each; a negative width means to the left.</param>
internal sealed class LiveTable(TextWriter output, params (string Heading, int Width)[] columns)
{
    /// <summary>Writes the headings.</summary>
    public void Begin()
    {
        Add([.. columns.Select(column => column.Heading)]);
        output.WriteLine(string.Join("  ", columns.Select(column => new string('-', Math.Abs(column.Width)))));
    }

    /// <summary>Writes a row.</summary>
    public void Add(params string[] cells)
    {
        output.WriteLine(string.Join("  ", cells.Zip(columns, (cell, column) => column.Width < 0 ? cell.PadRight(-column.Width) : cell.PadLeft(column.Width))).TrimEnd());
        output.Flush();
    }
}
