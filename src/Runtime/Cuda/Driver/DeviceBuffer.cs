using System;

namespace SdCompiler.Runtime.Cuda;

/// <summary>A block of the device's memory, at an address that never changes; its content is undefined at first.</summary>
/// <remarks>One that is forgotten is freed by the finalizer; freeing waits for the work that uses it.</remarks>
public sealed unsafe class DeviceBuffer : IDisposable
{
    private readonly CudaDevice device;
    private readonly DriverHandle handle;

    /// <summary>Allocates a block.</summary>
    /// <param name="device">The device.</param>
    /// <param name="bytes">Its length; 0 is allowed.</param>
    /// <exception cref="CudaException">The device has not that much free; the message says how much was asked for and how much there is.</exception>
    public DeviceBuffer(CudaDevice device, long bytes)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        this.device = device;
        Bytes = bytes;
        device.MakeCurrent();

        // The driver refuses 0.
        int status = DriverApi.cuMemAlloc_v2(out nint address, (nuint)long.Max(bytes, 1));
        if (status == CudaStatus.OutOfMemory)
        {
            throw OutOfMemory();
        }

        Check.Driver(status, nameof(DriverApi.cuMemAlloc_v2));
        handle = new DriverHandle(device, typeof(DeviceBuffer), address, DriverApi.cuMemFree_v2);
    }

    /// <summary>Its address on the device.</summary>
    /// <exception cref="ObjectDisposedException">The buffer was disposed.</exception>
    public nint Pointer => handle.Value;

    /// <summary>Its length in bytes.</summary>
    public long Bytes { get; }

    /// <summary>Copies into it and waits until that is done. It waits for no stream: synchronise the one that uses the buffer first.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="source">What to copy.</param>
    /// <param name="byteOffset">Where in the buffer it goes.</param>
    /// <exception cref="ArgumentOutOfRangeException">It would reach outside the buffer.</exception>
    /// <exception cref="CudaException">The copy failed, or earlier work on the device did.</exception>
    public void Upload<T>(ReadOnlySpan<T> source, long byteOffset = 0)
        where T : unmanaged
    {
        nint target = Part(byteOffset, (long)source.Length * sizeof(T));
        if (source.IsEmpty)
        {
            return;
        }

        device.MakeCurrent();
        fixed (T* host = source)
        {
            Check.Driver(DriverApi.cuMemcpyHtoD_v2(target, host, (nuint)source.Length * (nuint)sizeof(T)), nameof(DriverApi.cuMemcpyHtoD_v2));
        }

        // From ordinary memory the copy returns when the last bytes are in the driver's own buffer, not when they have arrived; a stream
        // that does not wait for the default one could then read too early. A copy back runs behind it and returns when it is done.
        byte last;
        Check.Driver(DriverApi.cuMemcpyDtoH_v2(&last, target + (source.Length * (nint)sizeof(T)) - 1, 1), nameof(DriverApi.cuMemcpyDtoH_v2));
        GC.KeepAlive(this);
    }

    /// <summary>Copies out of it and waits until that is done. It waits for no stream: synchronise the one that writes the buffer first.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="destination">Where to copy to.</param>
    /// <param name="byteOffset">Where in the buffer it starts.</param>
    /// <exception cref="ArgumentOutOfRangeException">It would reach outside the buffer.</exception>
    /// <exception cref="CudaException">The copy failed, or earlier work on the device did.</exception>
    public void Download<T>(Span<T> destination, long byteOffset = 0)
        where T : unmanaged
    {
        nint source = Part(byteOffset, (long)destination.Length * sizeof(T));
        if (destination.IsEmpty)
        {
            return;
        }

        device.MakeCurrent();
        fixed (T* host = destination)
        {
            Check.Driver(DriverApi.cuMemcpyDtoH_v2(host, source, (nuint)destination.Length * (nuint)sizeof(T)), nameof(DriverApi.cuMemcpyDtoH_v2));
        }

        GC.KeepAlive(this);
    }

    /// <summary>Lets a stream set all of it to zero.</summary>
    /// <param name="stream">The stream.</param>
    /// <exception cref="CudaException">The driver refuses it.</exception>
    public void Clear(CudaStream stream) => Fill(stream, 0);

    /// <summary>Lets a stream set every byte of it to one value.</summary>
    internal void Fill(CudaStream stream, byte value)
    {
        CudaCopy.Fill(stream, Pointer, value, Bytes);
        GC.KeepAlive(this);
    }

    /// <summary>Frees the block.</summary>
    public void Dispose() => handle.Dispose();

    private CudaException OutOfMemory()
    {
        // A second failure, here, must not hide the first.
        int status = DriverApi.cuMemGetInfo_v2(out nuint free, out nuint total);
        string left = status == CudaStatus.Success ? $"{free} of {total} are free" : "it is not known how many are free";
        return new CudaException(
            $"{nameof(DriverApi.cuMemAlloc_v2)} failed: {Check.DriverText(CudaStatus.OutOfMemory)}. Asked for {Bytes} bytes; {left} on device {device.Ordinal} ({device.Name}). {CudaStatus.Advice(CudaStatus.OutOfMemory)}",
            CudaStatus.OutOfMemory);
    }

    private nint Part(long byteOffset, long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(byteOffset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(byteOffset, Bytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Bytes - byteOffset);
        return Pointer + (nint)byteOffset;
    }
}
