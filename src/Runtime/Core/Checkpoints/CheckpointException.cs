using System;

namespace SdCompiler;

/// <summary>A checkpoint or weight file could not be read or written. The message is one sentence or two for people: what is wrong, in which file, and the way out.</summary>
public sealed class CheckpointException : Exception
{
    /// <summary>An error with its sentence.</summary>
    /// <param name="message">What is wrong, in which file, and the way out.</param>
    public CheckpointException(string message)
        : base(message)
    {
    }

    /// <summary>An error with its sentence and what caused it.</summary>
    /// <param name="message">What is wrong, in which file, and the way out.</param>
    /// <param name="innerException">The cause.</param>
    public CheckpointException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>An error without a sentence; prefer the other constructors.</summary>
    public CheckpointException()
        : base("A checkpoint could not be read or written.")
    {
    }
}
