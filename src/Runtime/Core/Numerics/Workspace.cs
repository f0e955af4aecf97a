using System;
using System.ComponentModel;

namespace SdCompiler.Runtime;

/// <summary>One zeroed, pinned, 64-byte aligned block of floats: every buffer of one emitted body lives in it, at an offset planned at build time.</summary>
/// <remarks>For emitted code.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class Workspace
{
    private readonly AlignedBuffer<float> buffer;

    /// <summary>Allocates the block.</summary>
    /// <param name="floats">Its length in floats.</param>
    /// <exception cref="ArgumentOutOfRangeException">The length is negative, or more than one array holds (about 2^31).</exception>
    public Workspace(long floats) => buffer = new AlignedBuffer<float>(floats);

    /// <summary>The size of the block in bytes.</summary>
    public long Bytes => (long)buffer.Length * sizeof(float);

    /// <summary>A part of the block.</summary>
    /// <param name="offset">Where it starts, in floats.</param>
    /// <param name="length">How many floats.</param>
    /// <exception cref="ArgumentOutOfRangeException">The part reaches outside the block.</exception>
    public Span<float> Span(int offset, int length) => buffer.Span.Slice(offset, length);

    /// <summary>The address of a float; the kernels' way in. The workspace stays reachable through the body that runs the kernel.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The offset lies outside the block; how far a kernel goes from there is not known here.</exception>
    internal unsafe float* At(int offset)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)offset, (uint)buffer.Length, nameof(offset));
        return buffer.Pointer + offset;
    }
}
