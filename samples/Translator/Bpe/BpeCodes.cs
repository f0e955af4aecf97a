using System;
using System.Collections.Generic;
using System.Linq;

namespace SdCompiler.Samples.Translator.Bpe;

/// <summary>The merges of a byte pair encoding in the order in which they apply, in subword-nmt's file format of version 0.2.</summary>
internal sealed class BpeCodes(IReadOnlyList<BpeMerge> merges)
{
    /// <summary>What the last symbol of a word ends with.</summary>
    public const string EndOfWord = "</w>";

    private const string VersionStart = "#version:";
    private const string Header = VersionStart + " 0.2";

    /// <summary>The merges, first the one that applies first.</summary>
    public IReadOnlyList<BpeMerge> Merges { get; } = merges;

    /// <summary>Reads codes: a line with the version, then two symbols and a space between them per line.</summary>
    /// <param name="path">A UTF-8 file, plain or compressed with gzip.</param>
    /// <exception cref="DataFileException">The file cannot be read, is of another version, or has a line that is no merge.</exception>
    public static BpeCodes Read(string path) => Parse(path, TextFile.ReadLines(path));

    /// <summary>Reads codes from lines.</summary>
    /// <param name="path">What messages call them.</param>
    /// <param name="lines">What <see cref="Lines"/> gives.</param>
    /// <exception cref="DataFileException">They are of another version, or a line is no merge.</exception>
    public static BpeCodes Parse(string path, IEnumerable<string> lines)
    {
        List<BpeMerge> merges = [];
        long number = 0;
        foreach (string line in lines)
        {
            number++;
            if (number == 1)
            {
                CheckVersion(path, line);
                continue;
            }

            // Spaces only: a symbol may hold white space of other kinds.
            string[] symbols = line.Trim(' ').Split(' ');
            if (symbols.Length != 2 || symbols[0].Length == 0 || symbols[1].Length == 0)
            {
                throw new DataFileException(path, number, "is not two symbols with a space between them; give codes as subword-nmt writes them");
            }

            merges.Add(new BpeMerge(symbols[0], symbols[1]));
        }

        return merges.Count > 0 ? new BpeCodes(merges) : throw new DataFileException(path, "holds no merges; give codes as subword-nmt writes them");
    }

    /// <summary>The lines of the codes' file.</summary>
    public IEnumerable<string> Lines() => Merges.Select(merge => $"{merge.Left} {merge.Right}").Prepend(Header);

    /// <summary>The symbols that a word consists of before any merge: its characters (Unicode scalar values), the last one marked.</summary>
    /// <param name="word">Not empty.</param>
    public static string[] Symbols(string word)
    {
        string[] symbols = [.. word.EnumerateRunes().Select(character => character.ToString())];
        symbols[^1] += EndOfWord;
        return symbols;
    }

    private static void CheckVersion(string path, string line)
    {
        if (!line.StartsWith(VersionStart, StringComparison.Ordinal))
        {
            throw new DataFileException(path, 1, $"is not '{Header}'; codes without it are of version 0.1, which marks the ends of words in another way, so learn them again");
        }

        if (line.TrimEnd() != Header)
        {
            throw new DataFileException(path, 1, $"is '{line}' and not '{Header}'; learn the codes again in that version");
        }
    }
}
