using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using SdCompiler.Samples.Translator.Text;

namespace SdCompiler.Samples.Translator.Vocabulary;

/// <summary>Reads and writes lists of tokens: one per line, each with a count after a space or tab, or none with one.</summary>
internal static class TokenListFile
{
    /// <summary>The tokens of a file, in its order.</summary>
    /// <param name="path">A UTF-8 file, plain or compressed with gzip.</param>
    /// <exception cref="DataFileException">The file cannot be read, is empty, has a token twice, or a line that is not like the first.</exception>
    public static IReadOnlyList<TokenEntry> Read(string path) => Parse(path, TextFile.ReadLines(path));

    /// <summary>The tokens of a list.</summary>
    /// <param name="path">What messages call it.</param>
    /// <param name="list">Its lines.</param>
    /// <exception cref="DataFileException">It is empty, has a token twice, or a line that is not like the first.</exception>
    public static IReadOnlyList<TokenEntry> Parse(string path, IEnumerable<string> list)
    {
        List<TokenEntry> entries = [];
        Dictionary<string, long> lines = new(StringComparer.Ordinal);
        long number = 0;
        foreach (string line in list)
        {
            number++;
            TokenEntry entry = Parse(path, number, TokenizedText.Tokens(line));
            if (entries.Count > 0 && entry.Count.HasValue != entries[0].Count.HasValue)
            {
                throw new DataFileException(path, number, $"has {(entry.Count.HasValue ? "a count where the lines before have none" : "no count where the lines before have one")}; give all tokens a count, or none");
            }

            if (!lines.TryAdd(entry.Token, number))
            {
                throw new DataFileException(path, number, $"has '{entry.Token}' again, after line {lines[entry.Token]}; give each token once");
            }

            entries.Add(entry);
        }

        return entries.Count > 0 ? entries : throw new DataFileException(path, "is empty; give a vocabulary with one token per line");
    }

    /// <summary>Writes tokens, and their counts if they have them.</summary>
    public static void Write(string path, IEnumerable<TokenEntry> entries) => File.WriteAllText(path, Text(entries));

    /// <summary>What <see cref="Write"/> writes.</summary>
    public static string Text(IEnumerable<TokenEntry> entries) => string.Concat(entries.Select(entry =>
        entry.Count is long count ? string.Create(CultureInfo.InvariantCulture, $"{entry.Token} {count}\n") : entry.Token + "\n"));

    private static TokenEntry Parse(string path, long number, string[] parts)
    {
        if (parts.Length == 1)
        {
            return new TokenEntry(parts[0], null);
        }

        return parts.Length == 2 && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out long count)
            ? new TokenEntry(parts[0], count)
            : throw new DataFileException(path, number, parts.Length == 0
                ? "is empty; give one token per line"
                : "is not a token, or a token and its count; give one token per line");
    }
}
