using System;
using System.Runtime.InteropServices;

namespace SdCompiler.Runtime.Cuda;

/// <summary>A zeroed block of the host's memory that the device reads and writes by itself: copies from and to it run beside the program, and can be part of a graph.</summary>
public sealed unsafe class PinnedBuffer : IDisposable
{
    private readonly DriverHandle handle;

    /// <summary>Allocates a block.</summary>
    /// <param name="device">The device.</param>
    /// <param name="bytes">Its length; 0 is allowed.</param>
    /// <exception cref="CudaException">The system gives no more memory of this kind.</exception>
    public PinnedBuffer(CudaDevice device, long bytes)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        Bytes = bytes;
        device.MakeCurrent();
        int status = DriverApi.cuMemAllocHost_v2(out nint address, (nuint)long.Max(bytes, 1));
        if (status == CudaStatus.OutOfMemory)
        {
            throw new CudaException(
                $"{nameof(DriverApi.cuMemAllocHost_v2)} failed: {Check.DriverText(status)}. Asked for {bytes} bytes of the host's memory that cannot be swapped out. Use a smaller batch or window, or a machine or container with more memory.",
                status);
        }

        Check.Driver(status, nameof(DriverApi.cuMemAllocHost_v2));
        handle = new DriverHandle(device, typeof(PinnedBuffer), address, DriverApi.cuMemFreeHost);
        NativeMemory.Clear((void*)address, (nuint)bytes);
    }

    /// <summary>Its address in the host's memory.</summary>
    /// <exception cref="ObjectDisposedException">The buffer was disposed.</exception>
    public byte* Pointer => (byte*)handle.Value;

    /// <summary>Its length in bytes.</summary>
    public long Bytes { get; }

    /// <summary>A part of the block; valid until the buffer is disposed.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="byteOffset">Where it starts.</param>
    /// <param name="count">How many elements.</param>
    /// <exception cref="ArgumentOutOfRangeException">The part reaches outside the block.</exception>
    public Span<T> Span<T>(long byteOffset, int count)
        where T : unmanaged
    {
        ArgumentOutOfRangeException.ThrowIfNegative(byteOffset);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(byteOffset, Bytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)count * sizeof(T), Bytes - byteOffset, nameof(count));
        return new Span<T>(Pointer + byteOffset, count);
    }

    /// <summary>Frees the block.</summary>
    public void Dispose() => handle.Dispose();
}
