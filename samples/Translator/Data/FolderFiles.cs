using System;
using System.IO;
using System.Linq;

namespace SdCompiler.Samples.Translator.Data;

/// <summary>The files of a data folder by name, whether they are compressed or not.</summary>
internal static class FolderFiles
{
    private const string Compressed = ".gz";

    /// <summary>The names of a folder's files.</summary>
    /// <exception cref="DataFileException">It is no folder, or cannot be read.</exception>
    public static string[] List(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new DataFileException(folder, File.Exists(folder)
                ? "is a file; give the folder that holds train.SRC, train.TGT and the like"
                : "the folder does not exist; give one that holds train.SRC, train.TGT and the like");
        }

        try
        {
            return Directory.GetFiles(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal).ToArray();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataFileException(folder, $"cannot be read ({e.Message.TrimEnd('.')})", e);
        }
    }

    /// <summary>A name without what says that the file is compressed.</summary>
    public static string Plain(string name) => name.EndsWith(Compressed, StringComparison.Ordinal) ? name[..^Compressed.Length] : name;

    /// <summary>The path of the file of that name, compressed or not; null when there is none.</summary>
    /// <exception cref="DataFileException">Both are there.</exception>
    public static string? Find(string folder, string[] files, string name)
    {
        string[] found = files.Where(file => Plain(file) == name).ToArray();
        return found.Length > 1 ? throw Both(Path.Combine(folder, name)) : found.Length == 1 ? Path.Combine(folder, found[0]) : null;
    }

    /// <summary>What to say where a file is there twice.</summary>
    public static DataFileException Both(string path) => new(path, $"is there plain and as {Path.GetFileName(path)}.gz; take one of the two away");
}
