using System;

namespace SdCompiler.Runtime.Cuda;

/// <summary>A mark in a stream: others wait for it, and two of them measure what ran between them.</summary>
public sealed class CudaEvent : IDisposable
{
    private const uint WithTime = 0;
    private const uint WithoutTime = 2;

    private readonly CudaDevice device;
    private readonly DriverHandle handle;

    /// <summary>A new event, in no stream yet.</summary>
    /// <param name="device">The device whose streams it is for.</param>
    /// <param name="timed">Whether it takes the time; one that does not costs the streams less.</param>
    /// <exception cref="CudaException">The driver cannot make one.</exception>
    public CudaEvent(CudaDevice device, bool timed = true)
    {
        ArgumentNullException.ThrowIfNull(device);
        this.device = device;
        device.MakeCurrent();
        Check.Driver(DriverApi.cuEventCreate(out nint created, timed ? WithTime : WithoutTime), nameof(DriverApi.cuEventCreate));
        handle = new DriverHandle(device, typeof(CudaEvent), created, DriverApi.cuEventDestroy_v2);
    }

    /// <summary>Sets the mark behind everything that the stream has to do so far.</summary>
    /// <param name="stream">The stream.</param>
    /// <exception cref="CudaException">The driver refuses it.</exception>
    public void Record(CudaStream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        device.MakeCurrent();
        Check.Driver(DriverApi.cuEventRecord(handle.Value, stream.Handle), nameof(DriverApi.cuEventRecord));
        GC.KeepAlive(this);
    }

    /// <summary>Lets a stream wait for the mark before it goes on; the caller does not wait.</summary>
    /// <param name="stream">The stream that waits.</param>
    /// <exception cref="CudaException">The driver refuses it.</exception>
    public void WaitOn(CudaStream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        device.MakeCurrent();
        Check.Driver(DriverApi.cuStreamWaitEvent(stream.Handle, handle.Value, 0), nameof(DriverApi.cuStreamWaitEvent));
        GC.KeepAlive(this);
    }

    /// <summary>Waits until the work before the mark is done.</summary>
    /// <exception cref="CudaException">Some of that work failed.</exception>
    public void Synchronize()
    {
        device.MakeCurrent();
        Check.Driver(DriverApi.cuEventSynchronize(handle.Value), nameof(DriverApi.cuEventSynchronize));
        GC.KeepAlive(this);
    }

    /// <summary>The time on the device between two marks; waits for both.</summary>
    /// <param name="start">The earlier mark.</param>
    /// <exception cref="CudaException">One was never recorded, or takes no time.</exception>
    public double MillisecondsSince(CudaEvent start)
    {
        ArgumentNullException.ThrowIfNull(start);
        start.Synchronize();
        Synchronize();
        Check.Driver(DriverApi.cuEventElapsedTime(out float milliseconds, start.handle.Value, handle.Value), nameof(DriverApi.cuEventElapsedTime));
        GC.KeepAlive(start);
        GC.KeepAlive(this);
        return milliseconds;
    }

    /// <summary>Gives the event back.</summary>
    public void Dispose() => handle.Dispose();
}
