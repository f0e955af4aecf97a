using System;

namespace SdCompiler;

/// <summary>A data file or folder that cannot be used. The message is one sentence for people: what is wrong, where, and what to do.</summary>
public sealed class DataFileException : Exception
{
    /// <summary>A file or folder that cannot be used, as a whole.</summary>
    /// <param name="file">The path as the user gave it.</param>
    /// <param name="problem">What is wrong and what to do, without a full stop at the end.</param>
    /// <param name="inner">What the system said, if it said something.</param>
    public DataFileException(string file, string problem, Exception? inner = null)
        : this(file, 0, problem, inner)
    {
    }

    /// <summary>A line that cannot be used.</summary>
    /// <param name="file">The path as the user gave it.</param>
    /// <param name="line">The line, counted from 1; 0 when the file as a whole is meant.</param>
    /// <param name="problem">What is wrong and what to do, without a full stop at the end.</param>
    /// <param name="inner">What the system said, if it said something.</param>
    public DataFileException(string file, long line, string problem, Exception? inner = null)
        : base(line > 0 ? $"{file}, line {line}: {problem}." : $"{file}: {problem}.", inner)
    {
        File = file;
        Line = line;
    }

    /// <summary>The path as the user gave it.</summary>
    public string File { get; }

    /// <summary>The line, counted from 1; 0 when the file as a whole is meant.</summary>
    public long Line { get; }
}
