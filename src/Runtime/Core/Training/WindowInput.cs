using System;

namespace SdCompiler.Runtime;

/// <summary>What one input of a model takes for each row and time step: a token, the characters of a word, or a vector of numbers.</summary>
public sealed class WindowInput
{
    private WindowInput(int vocabulary, int width, int maximumLength = 0, bool ordersWords = false)
    {
        OrdersWords = ordersWords;
        Vocabulary = vocabulary;
        Width = width;
        MaximumLength = maximumLength;
    }

    /// <summary>How many tokens, or characters, there are, or 0 for a series.</summary>
    public int Vocabulary { get; }

    /// <summary>How many numbers a vector has, or 0 for tokens.</summary>
    public int Width { get; }

    /// <summary>How many characters a word has at most, or 0 for another kind of input.</summary>
    public int MaximumLength { get; }

    /// <summary>True where words are also rows of a window whose time is the character (<see cref="WindowCharacters.Words"/>).</summary>
    public bool OrdersWords { get; }

    /// <summary>True for tokens.</summary>
    public bool IsTokens => Vocabulary > 0 && MaximumLength == 0;

    /// <summary>True for the characters of words.</summary>
    public bool IsCharacters => MaximumLength > 0;

    /// <summary>One token, from 0 up to, not including, the vocabulary's size.</summary>
    /// <param name="vocabulary">How many tokens there are.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than one.</exception>
    public static WindowInput Tokens(int vocabulary)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(vocabulary, 1);
        return new WindowInput(vocabulary, 0);
    }

    /// <summary>The characters of a word, 1 to a most, each from 0 up to, not including, the alphabet's size.</summary>
    /// <param name="alphabet">How many characters there are.</param>
    /// <param name="maximumLength">The most of one word.</param>
    /// <param name="ordersWords">Whether words are also rows of a window whose time is the character.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than one.</exception>
    public static WindowInput Characters(int alphabet, int maximumLength, bool ordersWords = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(alphabet, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(maximumLength, 1);
        return new WindowInput(alphabet, 0, maximumLength, ordersWords);
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
