using System;
using System.Runtime.InteropServices;
using System.Threading;

namespace SdCompiler.Runtime.Cuda;

/// <summary>One GPU. There is one object for each in a process; it holds the device's primary context, which other CUDA libraries of the process share, until the process ends.</summary>
public sealed unsafe class CudaDevice
{
    // CUdevice_attribute
    private const int MultiprocessorCount = 16;
    private const int CapabilityMajor = 75;
    private const int CapabilityMinor = 76;

    private static readonly Lock gate = new();
    private static CudaDevice?[] opened = [];

    private readonly nint context;

    private CudaDevice(int ordinal)
    {
        Ordinal = ordinal;
        Check.Driver(DriverApi.cuDeviceGet(out int device, ordinal), nameof(DriverApi.cuDeviceGet));
        byte* name = stackalloc byte[256];
        Check.Driver(DriverApi.cuDeviceGetName(name, 256, device), nameof(DriverApi.cuDeviceGetName));
        Name = Marshal.PtrToStringUTF8((nint)name) ?? "";
        ComputeMajor = Attribute(device, CapabilityMajor);
        ComputeMinor = Attribute(device, CapabilityMinor);
        Multiprocessors = Attribute(device, MultiprocessorCount);
        Check.Driver(DriverApi.cuDeviceTotalMem_v2(out nuint bytes, device), nameof(DriverApi.cuDeviceTotalMem_v2));
        TotalMemory = (long)bytes;

        // Last: nothing after it can fail, so there is nothing to give back.
        Check.Driver(DriverApi.cuDevicePrimaryCtxRetain(out context, device), nameof(DriverApi.cuDevicePrimaryCtxRetain));
    }

    /// <summary>How many devices there are; 0 where there is no driver.</summary>
    public static int Count
    {
        get
        {
            DriverStart.Try(out int devices);
            return devices;
        }
    }

    /// <summary>Why no device can be used, in a sentence that says what to do; null when there is one.</summary>
    public static string? Unavailable => DriverStart.Try(out _)?.Message;

    /// <summary>The number of the device, as CUDA_VISIBLE_DEVICES leaves it.</summary>
    public int Ordinal { get; }

    /// <summary>What the maker calls it.</summary>
    public string Name { get; }

    /// <summary>The compute capability, before the point.</summary>
    public int ComputeMajor { get; }

    /// <summary>The compute capability, after the point.</summary>
    public int ComputeMinor { get; }

    /// <summary>How many multiprocessors it has: that many blocks or more keep it busy.</summary>
    public int Multiprocessors { get; }

    /// <summary>Its memory in bytes.</summary>
    public long TotalMemory { get; }

    /// <summary>The CUDA version that the driver runs, such as 13.0.</summary>
    public string DriverVersion { get; } = DriverStart.Text(DriverStart.Version);

    /// <summary>Its memory in bytes: what is free now, and all of it.</summary>
    public (long Free, long Total) Memory
    {
        get
        {
            MakeCurrent();
            Check.Driver(DriverApi.cuMemGetInfo_v2(out nuint free, out nuint total), nameof(DriverApi.cuMemGetInfo_v2));
            return ((long)free, (long)total);
        }
    }

    /// <summary>What NVRTC calls its architecture, such as sm_90.</summary>
    internal string Architecture => FormattableString.Invariant($"sm_{ComputeMajor}{ComputeMinor}");

    /// <summary>Opens a device, or gives the object that is open already.</summary>
    /// <param name="ordinal">Its number, from 0.</param>
    /// <exception cref="CudaException">There is no driver, or it is too old, or there is no device.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer devices.</exception>
    public static CudaDevice Open(int ordinal)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(ordinal);
        if (DriverStart.Try(out int devices) is { } error)
        {
            throw error;
        }

        if (ordinal >= devices)
        {
            throw new ArgumentOutOfRangeException(
                nameof(ordinal), ordinal, $"There is no CUDA device {ordinal}: the driver finds {devices}, numbered from 0. {CudaStatus.Advice(CudaStatus.InvalidDevice)}");
        }

        lock (gate)
        {
            if (opened.Length < devices)
            {
                Array.Resize(ref opened, devices);
            }

            return opened[ordinal] ??= new CudaDevice(ordinal);
        }
    }

    /// <summary>Makes this the device of the calling thread, as the driver's functions need it. Cheap; every method of this library does it by itself.</summary>
    public void MakeCurrent() => Check.Driver(DriverApi.cuCtxSetCurrent(context), nameof(DriverApi.cuCtxSetCurrent));

    /// <summary>As <see cref="MakeCurrent"/>, where nothing can be thrown.</summary>
    internal bool TryMakeCurrent() => DriverApi.cuCtxSetCurrent(context) == CudaStatus.Success;

    private static int Attribute(int device, int attribute)
    {
        Check.Driver(DriverApi.cuDeviceGetAttribute(out int value, attribute, device), nameof(DriverApi.cuDeviceGetAttribute));
        return value;
    }
}
