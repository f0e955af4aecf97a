using System;

namespace SdCompiler.Runtime.Cuda;

/// <summary>Copies that a stream runs. The host's side lies in a <see cref="PinnedBuffer"/> and stays unchanged until the stream has come past the copy.</summary>
/// <remarks>The addresses are not checked; a length of 0 does nothing. Nothing is allocated.</remarks>
public static unsafe class CudaCopy
{
    /// <summary>Copies from the host to the device.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="device">The address on the device.</param>
    /// <param name="host">The address in pinned memory.</param>
    /// <param name="bytes">How many bytes.</param>
    /// <exception cref="CudaException">The driver refuses it.</exception>
    public static void ToDevice(CudaStream stream, nint device, void* host, long bytes)
    {
        if (Starts(stream, bytes))
        {
            Check.Driver(DriverApi.cuMemcpyHtoDAsync_v2(device, host, (nuint)bytes, stream.Handle), nameof(DriverApi.cuMemcpyHtoDAsync_v2));
        }
    }

    /// <summary>Copies from the host to the device.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="device">The address on the device.</param>
    /// <param name="host">The address in pinned memory.</param>
    /// <param name="bytes">How many bytes.</param>
    /// <exception cref="CudaException">The driver refuses it.</exception>
    public static void ToDevice(CudaStream stream, nint device, nint host, long bytes) => ToDevice(stream, device, (void*)host, bytes);

    /// <summary>Copies from the device to the host.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="device">The address on the device.</param>
    /// <param name="host">The address in pinned memory.</param>
    /// <param name="bytes">How many bytes.</param>
    /// <exception cref="CudaException">The driver refuses it.</exception>
    public static void ToHost(CudaStream stream, nint device, void* host, long bytes)
    {
        if (Starts(stream, bytes))
        {
            Check.Driver(DriverApi.cuMemcpyDtoHAsync_v2(host, device, (nuint)bytes, stream.Handle), nameof(DriverApi.cuMemcpyDtoHAsync_v2));
        }
    }

    /// <summary>Copies from the device to the host.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="device">The address on the device.</param>
    /// <param name="host">The address in pinned memory.</param>
    /// <param name="bytes">How many bytes.</param>
    /// <exception cref="CudaException">The driver refuses it.</exception>
    public static void ToHost(CudaStream stream, nint device, nint host, long bytes) => ToHost(stream, device, (void*)host, bytes);

    /// <summary>Copies within the device.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="destination">The address to copy to.</param>
    /// <param name="source">The address to copy from; the two parts do not overlap.</param>
    /// <param name="bytes">How many bytes.</param>
    /// <exception cref="CudaException">The driver refuses it.</exception>
    public static void Within(CudaStream stream, nint destination, nint source, long bytes)
    {
        if (Starts(stream, bytes))
        {
            Check.Driver(DriverApi.cuMemcpyDtoDAsync_v2(destination, source, (nuint)bytes, stream.Handle), nameof(DriverApi.cuMemcpyDtoDAsync_v2));
        }
    }

    /// <summary>Sets bytes on the device to 0.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="destination">The address.</param>
    /// <param name="bytes">How many bytes.</param>
    /// <exception cref="CudaException">The driver refuses it.</exception>
    public static void Clear(CudaStream stream, nint destination, long bytes) => Fill(stream, destination, 0, bytes);

    /// <summary>Sets bytes on the device to one value.</summary>
    internal static void Fill(CudaStream stream, nint destination, byte value, long bytes)
    {
        if (Starts(stream, bytes))
        {
            Check.Driver(DriverApi.cuMemsetD8Async(destination, value, (nuint)bytes, stream.Handle), nameof(DriverApi.cuMemsetD8Async));
        }
    }

    private static bool Starts(CudaStream stream, long bytes)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        stream.Device.MakeCurrent();
        return bytes > 0;
    }
}
