using System;

namespace SdCompiler.Runtime.Cuda;

/// <summary>A queue of work on a device: what is put into one stream runs in order. It does not wait for the default stream, nor that for it.</summary>
public sealed class CudaStream : IDisposable
{
    private const uint NonBlocking = 1;

    private readonly DriverHandle handle;

    /// <summary>A new stream.</summary>
    /// <param name="device">The device that it works on.</param>
    /// <exception cref="CudaException">The driver cannot make one.</exception>
    public CudaStream(CudaDevice device)
    {
        ArgumentNullException.ThrowIfNull(device);
        Device = device;
        device.MakeCurrent();
        Check.Driver(DriverApi.cuStreamCreate(out nint created, NonBlocking), nameof(DriverApi.cuStreamCreate));
        handle = new DriverHandle(device, typeof(CudaStream), created, DriverApi.cuStreamDestroy_v2);
    }

    private CudaStream(CudaDevice device, nint foreign)
    {
        Device = device;
        handle = new DriverHandle(device, typeof(CudaStream), foreign, DriverApi.cuStreamDestroy_v2, owned: false);
    }

    /// <summary>The device that it works on.</summary>
    public CudaDevice Device { get; }

    /// <summary>The driver's handle.</summary>
    /// <exception cref="ObjectDisposedException">The stream was disposed.</exception>
    public nint Handle => handle.Value;

    /// <summary>Uses a stream that another library made; disposing the result leaves that stream alone.</summary>
    /// <param name="device">The device that it works on.</param>
    /// <param name="handle">The driver's (or the CUDA runtime's) handle; 0 is the default stream, on which no graph can be captured.</param>
    public static CudaStream Wrap(CudaDevice device, nint handle)
    {
        ArgumentNullException.ThrowIfNull(device);
        return new CudaStream(device, handle);
    }

    /// <summary>Waits until all its work is done.</summary>
    /// <exception cref="CudaException">Some of that work failed.</exception>
    public void Synchronize()
    {
        Device.MakeCurrent();
        Check.Driver(DriverApi.cuStreamSynchronize(Handle), nameof(DriverApi.cuStreamSynchronize));
        GC.KeepAlive(this);
    }

    /// <summary>Gives the stream back; work that is in it still runs.</summary>
    public void Dispose() => handle.Dispose();
}
