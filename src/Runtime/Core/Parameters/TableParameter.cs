using System;

namespace SdCompiler.Runtime;

/// <summary>An embedding table, <c>[tokens][width]</c>, in the same layout as PyTorch's.</summary>
public sealed class TableParameter : Parameter
{
    /// <summary>A table of zeros.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="tokens">How many tokens have a vector.</param>
    /// <param name="width">The length of a vector.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1, or the table is larger than one array.</exception>
    public TableParameter(string name, int tokens, int width)
        : base(name, [tokens, width], StorageLength(tokens, width))
    {
        Tokens = tokens;
        Width = width;
    }

    /// <summary>How many tokens have a vector.</summary>
    public int Tokens { get; }

    /// <summary>The length of a vector.</summary>
    public int Width { get; }

    /// <summary>The moves that rows have to make up for before they are read in the training step that runs now; null where there are none.</summary>
    internal DeferredMoves? Deferred { get; set; }

    /// <summary>The vector of a token.</summary>
    internal unsafe float* Row(int token) => Storage.Pointer + ((long)token * Width);

    private protected override void Read(ReadOnlySpan<float> torch) => torch.CopyTo(Storage.Span);

    private protected override void Write(Span<float> torch) => Storage.Span.CopyTo(torch);

    private static long StorageLength(int tokens, int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(tokens, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        return (long)tokens * width;
    }
}
