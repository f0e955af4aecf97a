using System;

namespace SdCompiler.Runtime;

/// <summary>What one input of a model takes for each row and time step: a token, or a vector of numbers.</summary>
public sealed class WindowInput
{
    private WindowInput(int vocabulary, int width)
    {
        Vocabulary = vocabulary;
        Width = width;
    }

    /// <summary>How many tokens there are, or 0 for a series.</summary>
    public int Vocabulary { get; }

    /// <summary>How many numbers a vector has, or 0 for tokens.</summary>
    public int Width { get; }

    /// <summary>True for tokens.</summary>
    public bool IsTokens => Vocabulary > 0;

    /// <summary>One token, from 0 up to, not including, the vocabulary's size.</summary>
    /// <param name="vocabulary">How many tokens there are.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than one.</exception>
    public static WindowInput Tokens(int vocabulary)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(vocabulary, 1);
        return new WindowInput(vocabulary, 0);
    }

    /// <summary>A vector of numbers.</summary>
    /// <param name="width">How many.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than one.</exception>
    public static WindowInput Series(int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        return new WindowInput(0, width);
    }
}
