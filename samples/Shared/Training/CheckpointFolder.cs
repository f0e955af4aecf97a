using System;
using System.IO;

namespace SdCompiler.Samples.Shared.Training;

/// <summary>The folder of a run's checkpoints, as <c>train</c> is told of it.</summary>
internal static class CheckpointFolder
{
    /// <summary>Refuses what cannot be meant, before a text is read or a folder made.</summary>
    /// <param name="folder">The folder, or null.</param>
    /// <param name="resume">Whether a run is to go on.</param>
    /// <exception cref="UsageException">A run is to go on and no folder is named.</exception>
    /// <exception cref="UserErrorException">A run is to begin and the folder has one.</exception>
    public static void Check(string? folder, bool resume)
    {
        if (resume && folder is null)
        {
            throw new UsageException("--resume needs --checkpoint with the folder of the run to go on with.");
        }

        if (!resume && folder is not null && CheckpointReader.Exists(folder))
        {
            throw new UserErrorException($"{folder} holds the checkpoint of another run; add --resume to go on with it, or give another folder.");
        }
    }

    /// <summary>Makes the folder now: not after an epoch is the time to learn that it cannot be made.</summary>
    /// <param name="folder">The folder, or null.</param>
    /// <exception cref="UserErrorException">It cannot be made.</exception>
    public static void Make(string? folder)
    {
        try
        {
            if (folder is not null)
            {
                Directory.CreateDirectory(folder);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new UserErrorException($"{folder}: the checkpoint's folder cannot be made ({e.Message.TrimEnd('.')}); give another one.", e);
        }
    }
}
