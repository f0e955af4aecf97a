using System;
using System.Collections.Generic;

namespace SdCompiler.Samples.Tagger.Columns;

/// <summary>Reads files of the CoNLL shared tasks: one token per line, columns separated by spaces or tabs, an empty line after each sentence.</summary>
/// <remarks>Lines that begin with <c>-DOCSTART-</c> (2003) or <c>-X-</c> (2000) separate sentences too and are no tokens.</remarks>
internal static class ColumnFile
{
    /// <summary>No shared task has more; a text with one sentence per line soon does.</summary>
    private const int MostColumns = 100;

    private static readonly char[] Separators = [' ', '\t'];

    /// <summary>The sentences of a file.</summary>
    /// <param name="path">A UTF-8 file, plain or compressed with gzip.</param>
    /// <returns>Sentences with at least one token, read as the sequence is walked; all tokens have the same number of columns.</returns>
    /// <exception cref="DataFileException">While walking: the file cannot be read, holds no token, or a line has another number of columns than those before.</exception>
    public static IEnumerable<ColumnSentence> Read(string path) => Read(TextFile.ReadLines(path), path);

    /// <summary>The sentences of lines that are read already.</summary>
    /// <param name="lines">The lines.</param>
    /// <param name="path">What messages call their source.</param>
    /// <param name="allowNone">Whether there may be no token at all.</param>
    /// <returns>As of a file.</returns>
    /// <exception cref="DataFileException">While walking: as of a file.</exception>
    public static IEnumerable<ColumnSentence> Read(IEnumerable<string> lines, string path, bool allowNone = false)
    {
        List<string[]> rows = [];
        long line = 0;
        int columns = 0;
        foreach (string text in lines)
        {
            line++;
            string[] row = text.Split(Separators, StringSplitOptions.RemoveEmptyEntries);
            if (row.Length == 0 || IsBoundary(row[0]))
            {
                if (rows.Count > 0)
                {
                    yield return new ColumnSentence(line - rows.Count, rows);
                    rows = [];
                }

                continue;
            }

            columns = columns == 0 ? row.Length : columns;
            Check(path, line, row.Length, columns);
            rows.Add(row);
        }

        if (columns == 0 && !allowNone)
        {
            throw new DataFileException(path, "holds no tokens; give a file with one token per line and its columns separated by spaces or tabs");
        }

        if (rows.Count > 0)
        {
            yield return new ColumnSentence(line + 1 - rows.Count, rows);
        }
    }

    private static bool IsBoundary(string first) => first is "-X-" || first.StartsWith("-DOCSTART-", StringComparison.Ordinal);

    private static void Check(string path, long line, int found, int expected)
    {
        if (found > MostColumns)
        {
            throw new DataFileException(path, line, $"has {found} columns, more than {MostColumns}; put each token on a line of its own, and an empty line after each sentence");
        }

        if (found != expected)
        {
            throw new DataFileException(path, line, $"has {Columns(found)} where the lines before have {expected}; separate columns by spaces or tabs, and sentences by an empty line");
        }
    }

    private static string Columns(int count) => count == 1 ? "1 column" : $"{count} columns";
}
