using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Text.Json;

namespace SdCompiler;

/// <summary>One complete checkpoint, opened: every file was there and had the hash of the manifest.</summary>
public sealed class CheckpointReader
{
    private const int Attempts = 5;

    private readonly string _folder;
    private readonly CheckpointManifest _manifest;

    private CheckpointReader(string folder, CheckpointManifest manifest)
    {
        _folder = folder;
        _manifest = manifest;
        using JsonFile json = JsonFile.Open(PathOf(CheckpointNames.Training));
        Training = TrainingRecord.Read(json);
    }

    /// <summary>The name of the model's class.</summary>
    public string ModelName => Training.Model;

    /// <summary>The seed of the model and its masks.</summary>
    public long Seed => Training.Seed;

    /// <summary>Steps taken when it was saved.</summary>
    public long StepCount => Training.StepCount;

    /// <summary>SHA-256 of the names and shapes of the model's parameters.</summary>
    public string ShapeHash => Training.ShapeHash;

    /// <summary>Where training was in its data; null when it was saved outside a loop.</summary>
    public TrainingPosition? Position => Training.Position;

    /// <summary>Short settings of the application.</summary>
    public IReadOnlyDictionary<string, string> Properties => Training.Properties;

    /// <summary>The sizes that the model's constructor was given, by name.</summary>
    public IReadOnlyDictionary<string, int> Dimensions => Training.Dimensions;

    /// <summary>The folder of this version.</summary>
    public string VersionFolder => _folder;

    /// <summary>The file with the weights, in the safetensors format with PyTorch's names.</summary>
    public string WeightsPath => PathOf(CheckpointNames.Weights);

    internal TrainingRecord Training { get; }

    /// <summary>Opens the latest or the best checkpoint of a folder and checks all its files.</summary>
    /// <param name="directory">The checkpoint's folder, or one version inside it.</param>
    /// <param name="choice">Which one.</param>
    /// <exception cref="CheckpointException">There is none, or it is damaged.</exception>
    public static CheckpointReader Open(string directory, CheckpointChoice choice = CheckpointChoice.Latest)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        for (int attempt = 1; ; attempt++)
        {
            string folder = Resolve(directory, choice);
            try
            {
                CheckpointManifest manifest = CheckpointManifest.Read(Path.Combine(folder, CheckpointNames.Manifest));
                manifest.Verify(folder);
                return new CheckpointReader(folder, manifest);
            }
            catch (CheckpointException) when (attempt < Attempts && !Directory.Exists(folder))
            {
                // A writer has just replaced the version that we were reading: there is a newer one.
            }
        }
    }

    /// <summary>Whether a folder holds a checkpoint; it may still be damaged.</summary>
    /// <param name="directory">The checkpoint's folder.</param>
    public static bool Exists(string directory)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        return Directory.Exists(directory) && (CheckpointWriter.Pointed(directory, CheckpointNames.Current) is not null || CheckpointWriter.Versions(directory).Count > 0);
    }

    /// <summary>Whether a folder says which checkpoint is its best one; that one may still be damaged or gone.</summary>
    /// <param name="directory">The checkpoint's folder.</param>
    public static bool HasBest(string directory)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        return File.Exists(Path.Combine(directory, CheckpointNames.Best));
    }

    /// <summary>Whether the application put a text file of that name into the checkpoint.</summary>
    /// <param name="name">The file's name.</param>
    public bool HasText(string name) => _manifest.Contains(name);

    /// <summary>A text file that the application put into the checkpoint.</summary>
    /// <param name="name">The file's name, such as <c>vocabulary.txt</c>.</param>
    /// <exception cref="CheckpointException">There is none, or it is not UTF-8.</exception>
    public string ReadText(string name)
    {
        string path = PathOf(name);
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(File.ReadAllBytes(path));
        }
        catch (DecoderFallbackException e)
        {
            throw new CheckpointException($"The file '{path}' is not text in UTF-8; use an undamaged copy.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CheckpointErrors.CannotRead(path, e);
        }
    }

    /// <summary>Whether a folder has this very checkpoint among its versions.</summary>
    internal bool IsIn(string directory)
    {
        string own = Path.Combine(_folder, CheckpointNames.Manifest);
        string other = Path.Combine(directory, Path.GetFileName(Path.TrimEndingDirectorySeparator(_folder)), CheckpointNames.Manifest);
        try
        {
            return File.Exists(other) && File.ReadAllBytes(own).AsSpan().SequenceEqual(File.ReadAllBytes(other));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CheckpointErrors.CannotRead(other, e);
        }
    }

    internal string PathOf(string name) => _manifest.Contains(name)
        ? Path.Combine(_folder, name)
        : throw new CheckpointException($"The checkpoint '{_folder}' has no file '{name}'; it was written by another program.");

    private static string Resolve(string directory, CheckpointChoice choice)
    {
        if (!Directory.Exists(directory))
        {
            throw new CheckpointException(File.Exists(directory)
                ? $"'{directory}' is a file and not a checkpoint folder; name the folder."
                : $"There is no checkpoint folder '{directory}'; check the path, or train with this folder first.");
        }

        try
        {
            if (File.Exists(Path.Combine(directory, CheckpointNames.Manifest)))
            {
                return directory;
            }

            string? name = CheckpointWriter.Pointed(directory, choice == CheckpointChoice.Best ? CheckpointNames.Best : CheckpointNames.Current);
            if (name is not null && Directory.Exists(Path.Combine(directory, name)))
            {
                return Path.Combine(directory, name);
            }

            List<(long Sequence, string Name)> versions = CheckpointWriter.Versions(directory);
            if (choice == CheckpointChoice.Best)
            {
                string latest = versions.Count > 0 ? $" ('{Path.Combine(directory, versions[^1].Name)}')" : "";
                throw new CheckpointException(HasBest(directory)
                    ? $"The best checkpoint of '{directory}' is gone, or the file '{CheckpointNames.Best}' there is damaged; put it back, or use the latest one{latest}."
                    : $"The folder '{directory}' has no best checkpoint; train with validation first, or use the latest one{latest}.");
            }

            // The pointer was lost or names a folder that someone removed: version folders are complete by construction, so the newest one counts.
            return versions.Count > 0
                ? Path.Combine(directory, versions[^1].Name)
                : throw new CheckpointException($"The folder '{directory}' holds no checkpoint; check the path, or train with this folder first.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CheckpointErrors.CannotRead(directory, e);
        }
    }
}
