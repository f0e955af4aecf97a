using System;

namespace SdCompiler.Runtime;

/// <summary>The four words of one block of <see cref="CounterRandom"/>.</summary>
/// <param name="W0">Word 0.</param>
/// <param name="W1">Word 1.</param>
/// <param name="W2">Word 2.</param>
/// <param name="W3">Word 3.</param>
public readonly record struct RandomBlock(uint W0, uint W1, uint W2, uint W3)
{
    /// <summary>A word by its number, 0 to 3.</summary>
    /// <param name="index">The number.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such word.</exception>
    public uint this[int index] => index switch
    {
        0 => W0,
        1 => W1,
        2 => W2,
        3 => W3,
        _ => throw new ArgumentOutOfRangeException(nameof(index), index, "A block has the words 0 to 3."),
    };
}
