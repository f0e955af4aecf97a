using System;
using SdCompiler.Samples.Shared;

namespace SdCompiler.Samples.Benchmarks.Publishing;

/// <summary>The part of a file that is written by the program: what lies between two lines, which readers of the page do not see.</summary>
internal static class MarkedSection
{
    /// <summary>The line above the part; says whoever opens the file how to change what follows.</summary>
    public const string Begin = "<!-- performance, written by: dotnet run -c Release --project samples/Benchmarks -- readme -->";

    /// <summary>The line below it.</summary>
    public const string End = "<!-- end of performance -->";

    /// <summary>The text with another part; line endings stay those of the text.</summary>
    /// <param name="text">The text of the file.</param>
    /// <param name="section">The new part, with \n between its lines.</param>
    /// <param name="file">The file's name, for messages.</param>
    /// <exception cref="UserErrorException">One of the lines is missing or there twice, or they stand in the wrong order.</exception>
    public static string Replace(string text, string section, string file)
    {
        int begin = Find(text, Begin, file), end = Find(text, End, file);
        if (end < begin)
        {
            throw new UserErrorException($"{file}: '{End}' comes before '{Begin}'; put it below.");
        }

        string between = $"\n\n{section.Trim('\n')}\n\n";
        return text[..(begin + Begin.Length)] + (text.Contains("\r\n", StringComparison.Ordinal) ? between.ReplaceLineEndings("\r\n") : between) + text[end..];
    }

    private static int Find(string text, string marker, string file)
    {
        int first = text.IndexOf(marker, StringComparison.Ordinal);
        if (first < 0)
        {
            throw new UserErrorException($"{file}: the line '{marker}' is missing; put it where the tables {(marker == Begin ? "begin" : "end")}.");
        }

        return text.IndexOf(marker, first + marker.Length, StringComparison.Ordinal) < 0
            ? first
            : throw new UserErrorException($"{file}: the line '{marker}' is there more than once; leave only the one where the tables {(marker == Begin ? "begin" : "end")}.");
    }
}
