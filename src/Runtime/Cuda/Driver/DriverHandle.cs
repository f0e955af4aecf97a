using System;
using System.Runtime.InteropServices;

namespace SdCompiler.Runtime.Cuda;

/// <summary>Something of the driver's that must be given back: a stream, an event, memory, a module, a graph. Given back by Dispose, or by the finalizer of one that was forgotten.</summary>
internal sealed class DriverHandle : SafeHandle
{
    private readonly CudaDevice device;
    private readonly Type owner;
    private readonly Func<nint, int> release;

    /// <param name="device">Whose it is.</param>
    /// <param name="owner">The type that stands for it; named when it is used after Dispose.</param>
    /// <param name="value">The driver's handle or address.</param>
    /// <param name="release">The function that gives it back.</param>
    /// <param name="owned">False for one that belongs to somebody else.</param>
    public DriverHandle(CudaDevice device, Type owner, nint value, Func<nint, int> release, bool owned = true)
        : base(0, owned)
    {
        this.device = device;
        this.owner = owner;
        this.release = release;
        SetHandle(value);
    }

    public override bool IsInvalid => handle == 0;

    /// <summary>The driver's handle or address.</summary>
    /// <exception cref="ObjectDisposedException">It was given back.</exception>
    public nint Value
    {
        get
        {
            ObjectDisposedException.ThrowIf(IsClosed, owner);
            return handle;
        }
    }

    // The finalizer's thread has no context of its own.
    protected override bool ReleaseHandle() => device.TryMakeCurrent() && release(handle) == CudaStatus.Success;
}
