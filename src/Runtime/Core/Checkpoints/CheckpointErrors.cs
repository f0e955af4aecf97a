using System;
using System.IO;

namespace SdCompiler;

/// <summary>Turns what the file system says into sentences for people.</summary>
internal static class CheckpointErrors
{
    public static CheckpointException CannotRead(string path, Exception cause) => cause switch
    {
        FileNotFoundException or DirectoryNotFoundException =>
            new CheckpointException($"There is no file '{path}'; check the path.", cause),
        UnauthorizedAccessException when Directory.Exists(path) =>
            new CheckpointException($"'{path}' is a folder where a file was expected; name the file.", cause),
        UnauthorizedAccessException =>
            new CheckpointException($"The file '{path}' may not be read; check its permissions.", cause),
        EndOfStreamException =>
            new CheckpointException($"The file '{path}' ends too early; use an undamaged copy.", cause),
        _ => new CheckpointException($"The file '{path}' cannot be read: {Sentence(cause)}", cause),
    };

    public static CheckpointException CannotWriteFolder(string folder, string path, Exception cause) => File.Exists(folder)
        ? new CheckpointException($"'{folder}' is a file; name a folder.", cause)
        : CannotWrite(path, cause);

    public static CheckpointException CannotWriteFile(string path, Exception cause) => Directory.Exists(path)
        ? new CheckpointException($"'{path}' is a folder; name a file.", cause)
        : CannotWrite(path, cause);

    private static CheckpointException CannotWrite(string path, Exception cause) => cause switch
    {
        UnauthorizedAccessException =>
            new CheckpointException($"'{path}' may not be written; choose a place where you may write, or change its permissions.", cause),
        _ => new CheckpointException($"'{path}' cannot be written: {Sentence(cause)} What was saved before is undamaged; free some space or choose another place.", cause),
    };

    private static string Sentence(Exception cause)
    {
        string message = cause.Message.Trim();
        return message.EndsWith('.') ? message : message + ".";
    }
}
