using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;

namespace SdCompiler;

/// <summary>
/// Writes checkpoints into a folder so that at every instant, also when the process is killed or the disk is full, the folder holds a
/// complete one: a version is made under a temporary name, flushed, renamed, and only then named by the pointer file, itself replaced by
/// one rename. Old versions are removed last.
/// </summary>
public sealed class CheckpointWriter
{
    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private FileStream? _lock;
    private int _holds;

    /// <summary>A writer; nothing is written yet.</summary>
    /// <param name="directory">The checkpoint's folder; made where it does not exist.</param>
    /// <param name="keepLast">How many of the newest versions stay, at least 1; the best one stays as well.</param>
    public CheckpointWriter(string directory, int keepLast = 1)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        ArgumentOutOfRangeException.ThrowIfLessThan(keepLast, 1);
        Directory = directory;
        KeepLast = keepLast;
    }

    /// <summary>The checkpoint's folder.</summary>
    public string Directory { get; }

    /// <summary>How many of the newest versions stay.</summary>
    public int KeepLast { get; }

    /// <summary>Opens a new file; replaced by tests to see what a full disk does.</summary>
    internal Func<string, FileStream> OpenFile { get; init; } =
        path => new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);

    /// <summary>Writes a trainer's checkpoint.</summary>
    /// <param name="trainer">The trainer; it must not run meanwhile.</param>
    /// <param name="content">What the application adds, or null.</param>
    /// <param name="isBest">Whether this one is the best so far: it stays until a better one comes.</param>
    /// <exception cref="CheckpointException">It cannot be written; the one before it is undamaged.</exception>
    public void Save(LstmTrainer trainer, CheckpointContent? content = null, bool isBest = false)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        Write(TrainerCheckpoint.Files(trainer, content ?? new CheckpointContent()), trainer.StepCount, isBest);
    }

    /// <summary>
    /// Keeps all other writers out of the folder until the result is disposed of, and makes the folder: whoever will save for hours learns now that he cannot, and nobody else gets between. A
    /// training loop does so while it runs. This writer goes on saving; reading is free to all.
    /// </summary>
    /// <returns>Ends it when disposed of. Calls may be nested.</returns>
    /// <exception cref="CheckpointException">Another writer holds the folder, or it cannot be made.</exception>
    public IDisposable Hold()
    {
        if (_lock is null)
        {
            try
            {
                System.IO.Directory.CreateDirectory(Directory);
                _lock = Lock();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw CheckpointErrors.CannotWriteFolder(Directory, Directory, e);
            }
        }

        _holds++;
        return new CheckpointHold(this);
    }

    /// <summary>Ends one hold; the last one lets others write.</summary>
    internal void Release()
    {
        _holds--;
        if (_holds == 0)
        {
            _lock!.Dispose();
            _lock = null;
        }
    }

    internal void Write(IReadOnlyList<CheckpointFile> files, long step, bool isBest)
    {
        string? temporary = null;
        try
        {
            System.IO.Directory.CreateDirectory(Directory);
            using FileStream? held = _lock is null ? Lock() : null;
            List<(long Sequence, string Name)> versions = Versions(Directory);
            CleanUp();
            string version = CheckpointNames.Version(versions.Count == 0 ? 1 : checked(versions[^1].Sequence + 1), step);
            temporary = Path.Combine(Directory, CheckpointNames.WritingPrefix + version);
            WriteFiles(temporary, files);
            System.IO.Directory.Move(temporary, Path.Combine(Directory, version));
            temporary = null;
            DurableDirectory.Flush(Directory);

            // "best" first: if the process ends between the two, "best" names a complete version and "current" the one before it.
            if (isBest)
            {
                Point(CheckpointNames.Best, version);
            }

            Point(CheckpointNames.Current, version);
            versions.Add((0, version));
            RemoveOld(versions);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (temporary is not null)
            {
                DurableDirectory.TryDeleteFolder(temporary);
            }

            throw CheckpointErrors.CannotWriteFolder(Directory, temporary ?? Directory, e);
        }
    }

    /// <summary>The version folders, oldest first.</summary>
    internal static List<(long Sequence, string Name)> Versions(string directory)
    {
        var versions = new List<(long Sequence, string Name)>();
        foreach (string path in System.IO.Directory.EnumerateDirectories(directory))
        {
            string name = Path.GetFileName(path);
            if (CheckpointNames.TryParse(name, out long sequence))
            {
                versions.Add((sequence, name));
            }
        }

        versions.Sort();
        return versions;
    }

    internal static string? Pointed(string directory, string pointer)
    {
        string path = Path.Combine(directory, pointer);
        if (!File.Exists(path))
        {
            return null;
        }

        string name = File.ReadAllText(path).Trim();
        return CheckpointNames.TryParse(name, out _) ? name : null;
    }

    private FileStream Lock()
    {
        if (File.Exists(Path.Combine(Directory, CheckpointNames.Manifest)))
        {
            // Readers take such a folder for what it is, so whatever were written into it would never be read.
            throw new CheckpointException($"'{Directory}' is one version of a checkpoint, which can be read and not written to; name the folder that it lies in.");
        }

        string path = Path.Combine(Directory, CheckpointNames.Lock);
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (File.Exists(path))
        {
            throw new CheckpointException($"Another process, or another writer of this one, is writing to the checkpoint folder '{Directory}'; wait for it, or choose another folder.", e);
        }
    }

    private void WriteFiles(string folder, IReadOnlyList<CheckpointFile> files)
    {
        System.IO.Directory.CreateDirectory(folder);
        var manifest = new CheckpointManifest();
        foreach (CheckpointFile file in files)
        {
            using FileStream stream = OpenFile(Path.Combine(folder, file.Name));
            using var hashing = new HashingStream(stream);
            file.Write(hashing);
            stream.Flush(flushToDisk: true);
            manifest.Add(file.Name, hashing.BytesWritten, hashing.HexHash());
        }

        using (FileStream stream = OpenFile(Path.Combine(folder, CheckpointNames.Manifest)))
        {
            manifest.Write(stream);
            stream.Flush(flushToDisk: true);
        }

        DurableDirectory.Flush(folder);
    }

    /// <summary>Makes a pointer name a version, by one rename.</summary>
    private void Point(string pointer, string version)
    {
        string temporary = Path.Combine(Directory, CheckpointNames.WritingPrefix + pointer);
        using (FileStream stream = OpenFile(temporary))
        {
            stream.Write(s_utf8.GetBytes(version + "\n"));
            stream.Flush(flushToDisk: true);
        }

        File.Move(temporary, Path.Combine(Directory, pointer), overwrite: true);
        DurableDirectory.Flush(Directory);
    }

    private void RemoveOld(List<(long Sequence, string Name)> versions)
    {
        string? best = Pointed(Directory, CheckpointNames.Best);
        foreach ((_, string name) in versions.SkipLast(KeepLast))
        {
            if (name == best)
            {
                continue;
            }

            // Renamed first, so that a version folder is either whole or not there.
            string doomed = Path.Combine(Directory, CheckpointNames.DeletingPrefix + name);
            try
            {
                System.IO.Directory.Move(Path.Combine(Directory, name), doomed);
                System.IO.Directory.Delete(doomed, recursive: true);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // The new checkpoint is complete; an old one that cannot be removed costs space, and the next save tries again.
            }
        }
    }

    /// <summary>Removes what a killed process left behind; the lock says that nobody else is writing.</summary>
    private void CleanUp()
    {
        foreach (string path in System.IO.Directory.EnumerateFileSystemEntries(Directory, ".*"))
        {
            string name = Path.GetFileName(path);
            if (name.StartsWith(CheckpointNames.WritingPrefix, StringComparison.Ordinal) || name.StartsWith(CheckpointNames.DeletingPrefix, StringComparison.Ordinal))
            {
                DurableDirectory.TryDeleteFile(path);
                DurableDirectory.TryDeleteFolder(path);
            }
        }
    }
}
