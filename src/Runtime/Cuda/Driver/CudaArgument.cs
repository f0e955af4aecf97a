using System;

namespace SdCompiler.Runtime.Cuda;

/// <summary>One argument of a kernel: a pointer, a whole number or a float, in 8 bytes of which a kernel reads the first as many as its parameter has.</summary>
public readonly struct CudaArgument : IEquatable<CudaArgument>
{
    // CUDA's hosts are little-endian: the low bytes come first in memory.
    private readonly ulong bits;

    private CudaArgument(ulong bits) => this.bits = bits;

    /// <summary>A pointer on the device.</summary>
    public static implicit operator CudaArgument(nint value) => new((ulong)value);

    /// <summary>An int.</summary>
    public static implicit operator CudaArgument(int value) => new((uint)value);

    /// <summary>An unsigned int.</summary>
    public static implicit operator CudaArgument(uint value) => new(value);

    /// <summary>A long long.</summary>
    public static implicit operator CudaArgument(long value) => new((ulong)value);

    /// <summary>A float.</summary>
    public static implicit operator CudaArgument(float value) => new(BitConverter.SingleToUInt32Bits(value));

    /// <summary>A buffer's pointer.</summary>
    public static implicit operator CudaArgument(DeviceBuffer value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.Pointer;
    }

    /// <summary>Whether two arguments have the same 8 bytes.</summary>
    public static bool operator ==(CudaArgument left, CudaArgument right) => left.bits == right.bits;

    /// <summary>Whether two arguments differ in their 8 bytes.</summary>
    public static bool operator !=(CudaArgument left, CudaArgument right) => left.bits != right.bits;

    /// <inheritdoc/>
    public bool Equals(CudaArgument other) => bits == other.bits;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is CudaArgument other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => bits.GetHashCode();
}
