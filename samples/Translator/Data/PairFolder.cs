using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace SdCompiler.Samples.Translator.Data;

/// <summary>
/// A folder of texts in two languages, named PREFIX.LANGUAGE or PREFIX.LANGUAGE.gz: finds what is for training, validation and test by their
/// names. Where names leave a choice, nothing is chosen: one sentence says which option decides it.
/// </summary>
internal sealed class PairFolder
{
    private readonly string[] _files;
    private readonly IReadOnlyDictionary<TextPart, string> _prefixes;

    private PairFolder(string folder, string[] files, IReadOnlyDictionary<TextPart, string> prefixes, LanguagePair languages)
    {
        Path = folder;
        _files = files;
        _prefixes = prefixes;
        Languages = languages;
    }

    /// <summary>The folder, as the user gave it.</summary>
    public string Path { get; }

    /// <summary>Which way is translated.</summary>
    public LanguagePair Languages { get; }

    /// <summary>Looks at a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="from">The suffix of the source language, or null to guess it.</param>
    /// <param name="to">The suffix of the target language, or null to guess it.</param>
    /// <param name="prefixes">The prefixes that the user named; the other parts are looked for.</param>
    /// <exception cref="DataFileException">It is no folder, or its languages cannot be guessed.</exception>
    public static PairFolder Open(string folder, string? from, string? to, IReadOnlyDictionary<TextPart, string> prefixes)
    {
        string[] files = FolderFiles.List(folder);
        return new PairFolder(folder, files, prefixes, LanguageGuess.Of(folder, files, from, to));
    }

    /// <summary>The files of a part.</summary>
    /// <param name="part">The part.</param>
    /// <returns>Null when there are none and the user named none.</returns>
    /// <exception cref="DataFileException">Names leave a choice, or a file lacks its counterpart.</exception>
    public PairFiles? Find(TextPart part)
    {
        if (_prefixes.TryGetValue(part, out string? named))
        {
            return new PairFiles(Named(part, named, Languages.Source), Named(part, named, Languages.Target));
        }

        // A text that the user gave another part is not a candidate for this one.
        string[] source = Prefixes(Languages.Source).Where(IsFree).ToArray();
        string[] target = Prefixes(Languages.Target).Where(IsFree).ToArray();
        string? prefix = Choose(part, source.Union(target, StringComparer.Ordinal).Where(candidate => Starts(part, candidate)).Order(StringComparer.Ordinal).ToArray());
        return prefix is null ? null : new PairFiles(Found(prefix, Languages.Source, Languages.Target), Found(prefix, Languages.Target, Languages.Source));

        bool IsFree(string candidate) => !_prefixes.Values.Contains(candidate, StringComparer.Ordinal);
    }

    /// <summary>The files of a part that must be there.</summary>
    /// <exception cref="DataFileException">They are not, or names leave a choice.</exception>
    public PairFiles Need(TextPart part)
    {
        if (Find(part) is PairFiles files)
        {
            return files;
        }

        string name = part.Names[0];
        string[] others = Prefixes(Languages.Source).Intersect(Prefixes(Languages.Target), StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        string choice = others.Length == 0 ? "" : $", or name one of those it has ({string.Join(", ", others)}) with {part.Option}";
        throw new DataFileException(Path, $"holds no {part.Name} text such as {name}.{Languages.Source} and {name}.{Languages.Target}; add one{choice}");
    }

    /// <summary>A file of the folder by its name, compressed or not; null when there is none.</summary>
    /// <exception cref="DataFileException">Both are there.</exception>
    public string? File(string name) => FolderFiles.Find(Path, _files, name);

    /// <summary>The files of the folder whose names end so, compressed or not.</summary>
    public string[] FilesEnding(string end) =>
        _files.Where(file => FolderFiles.Plain(file).EndsWith(end, StringComparison.Ordinal)).Select(file => System.IO.Path.Combine(Path, file)).ToArray();

    private string? Choose(TextPart part, string[] candidates)
    {
        string[] exact = candidates.Where(part.Names.Contains).ToArray();
        string[] choice = exact.Length > 0 ? exact : candidates;
        return choice.Length <= 1
            ? choice.FirstOrDefault()
            : throw new DataFileException(Path, $"holds {choice.Length} texts that could be the {part.Name} text ({string.Join(", ", choice)}); name one with {part.Option}");
    }

    private static bool Starts(TextPart part, string prefix) => part.Names.Any(name => prefix.StartsWith(name, StringComparison.Ordinal));

    private IEnumerable<string> Prefixes(string language) =>
        _files.Select(FolderFiles.Plain).Where(name => name.EndsWith("." + language, StringComparison.Ordinal)).Select(name => name[..^(language.Length + 1)]);

    private string Found(string prefix, string language, string other) => File($"{prefix}.{language}")
        ?? throw new DataFileException(Path, $"holds {prefix}.{other} without {prefix}.{language}; add its counterpart, or take it away");

    private string Named(TextPart part, string prefix, string language)
    {
        string path = System.IO.Path.Combine(Path, $"{prefix}.{language}");
        bool isPlain = System.IO.File.Exists(path);
        bool isCompressed = System.IO.File.Exists(path + ".gz");
        return isPlain && isCompressed ? throw FolderFiles.Both(path)
            : isPlain ? path
            : isCompressed ? path + ".gz"
            : throw new DataFileException(path, $"does not exist, nor with .gz behind it; give {part.Option} what stands before .{Languages.Source} and .{Languages.Target} in the names of two files");
    }
}
