using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace SdCompiler.Samples.Translator.Data;

/// <summary>Guesses the languages of a folder from the suffixes of its texts, and the way from its name: <c>multi30k-de-en</c> goes from de to en.</summary>
internal static class LanguageGuess
{
    /// <summary>The languages of a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="files">The names of its files.</param>
    /// <param name="from">The source language, if the user named it.</param>
    /// <param name="to">The target language, if the user named it.</param>
    /// <exception cref="DataFileException">They cannot be guessed.</exception>
    public static LanguagePair Of(string folder, IEnumerable<string> files, string? from, string? to)
    {
        if (from is not null && to is not null)
        {
            return new LanguagePair(from, to);
        }

        string[] languages = files.Select(FolderFiles.Plain).Where(IsText).Select(name => Path.GetExtension(name)[1..]).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        if (languages.Length != 2)
        {
            string found = languages.Length == 0
                ? "holds no texts with names such as train.SRC, valid.SRC or test.SRC"
                : $"holds texts with the suffix{(languages.Length == 1 ? "" : "es")} {string.Join(", ", languages)}";
            throw new DataFileException(folder, $"{found}; name the two languages' suffixes with --from and --to");
        }

        if (from is not null || to is not null)
        {
            string known = from ?? to!;
            string other = languages.Contains(known, StringComparer.Ordinal)
                ? languages.Single(language => language != known)
                : throw new DataFileException(folder, $"holds texts with the suffixes {languages[0]} and {languages[1]}, and {(from is null ? "--to" : "--from")} is '{known}'; name one of them");
            return from is null ? new LanguagePair(other, known) : new LanguagePair(known, other);
        }

        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        LanguagePair pair = new(languages[0], languages[1]);
        LanguagePair reverse = new(languages[1], languages[0]);
        return EndsWith(name, pair) ? pair
            : EndsWith(name, reverse) ? reverse
            : throw new DataFileException(folder, $"holds texts with the suffixes {languages[0]} and {languages[1]}, and its name does not end in {pair} or {reverse}; say the way with --from and --to");
    }

    private static bool IsText(string name) =>
        Path.GetExtension(name).Length > 1 && TextPart.All.Any(part => part.Names.Any(start => name.StartsWith(start, StringComparison.Ordinal)));

    private static bool EndsWith(string name, LanguagePair pair) =>
        name.EndsWith(pair.ToString(), StringComparison.Ordinal) && (name.Length == pair.ToString().Length || !char.IsLetterOrDigit(name[^(pair.ToString().Length + 1)]));
}
