using System;
using System.Collections.Generic;
using System.Linq;

namespace SdCompiler.Samples.Translator.Text;

/// <summary>Reads text that is tokenised already: one sentence per line, tokens separated by white space, taken as they are.</summary>
internal static class TokenizedText
{
    /// <summary>The sentences of a file; an empty line is a sentence without tokens.</summary>
    /// <param name="path">A UTF-8 file, plain or compressed with gzip.</param>
    /// <exception cref="DataFileException">The file cannot be read or has no line.</exception>
    public static IReadOnlyList<string[]> Read(string path)
    {
        string[][] sentences = [.. TextFile.ReadLines(path).Select(Tokens)];
        return sentences.Length > 0 ? sentences : throw new DataFileException(path, "is empty; give a text with one sentence per line");
    }

    /// <summary>The tokens of a line.</summary>
    public static string[] Tokens(string line) => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Checks that two files belong together line by line.</summary>
    /// <exception cref="DataFileException">They have different numbers of lines.</exception>
    public static void CheckEqualLines(string path, int lines, string otherPath, int otherLines)
    {
        if (lines != otherLines)
        {
            throw new DataFileException(path, $"has {Lines(lines)} and {otherPath} has {Lines(otherLines)}; give files whose lines belong together, one by one");
        }
    }

    private static string Lines(int count) => count == 1 ? "1 line" : $"{count} lines";
}
