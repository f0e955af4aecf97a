using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace SdCompiler.Samples.Tagger.Vocabulary;

/// <summary>Keeps a token table as text: a heading, then a token, a space and its count on each line, in the order of the numbers.</summary>
internal static class TableFile
{
    /// <summary>Writes a table.</summary>
    /// <param name="path">Where to; replaced if it exists.</param>
    /// <param name="heading">The first line; says what the table is and how it was made.</param>
    /// <param name="table">The tokens.</param>
    public static void Save(string path, string heading, TokenTable table) =>
        File.WriteAllText(path, ToText(heading, table));

    /// <summary>A table as text.</summary>
    /// <param name="heading">The first line; says what the table is and how it was made.</param>
    /// <param name="table">The tokens.</param>
    public static string ToText(string heading, TokenTable table) =>
        heading + "\n" + string.Concat(table.Entries.Select(entry => string.Create(CultureInfo.InvariantCulture, $"{entry.Key} {entry.Value}\n")));

    /// <summary>Reads a table.</summary>
    /// <param name="path">The file.</param>
    /// <param name="kind">How its first line must begin.</param>
    /// <returns>The first line and the tokens.</returns>
    /// <exception cref="DataFileException">The file cannot be read or is no such table.</exception>
    public static (string Heading, TokenTable Table) Load(string path, string kind)
    {
        string? heading = null;
        Dictionary<string, long> lines = new(StringComparer.Ordinal);
        List<KeyValuePair<string, long>> entries = [];
        long number = 0;
        foreach (string line in TextFile.ReadLines(path))
        {
            number++;
            if (heading is null)
            {
                heading = line;
                if (line != kind && !line.StartsWith(kind + " ", StringComparison.Ordinal))
                {
                    break;
                }

                continue;
            }

            // The last space: a character vocabulary may hold white space of its own.
            int space = line.LastIndexOf(' ');
            if (space < 1 || !long.TryParse(line.AsSpan(space + 1), NumberStyles.None, CultureInfo.InvariantCulture, out long count))
            {
                throw new DataFileException(path, number, "is not a token, a space and a count; give an undamaged vocabulary");
            }

            string token = line[..space];
            if (!lines.TryAdd(token, number))
            {
                throw new DataFileException(path, number, $"has '{token}' again, after line {lines[token]}; give an undamaged vocabulary");
            }

            entries.Add(KeyValuePair.Create(token, count));
        }

        if (heading != kind && heading?.StartsWith(kind + " ", StringComparison.Ordinal) != true)
        {
            throw new DataFileException(path, heading is null ? 0 : 1, $"does not begin with '{kind}'; give a vocabulary that this program has written");
        }

        return (heading!, new TokenTable(entries));
    }
}
