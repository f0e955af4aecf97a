using System;
using System.Collections.Generic;

namespace SdCompiler.Runtime.Cuda;

/// <summary>Kernels that were compiled for one device and loaded into it.</summary>
public sealed unsafe class CudaModule : IDisposable
{
    private readonly CudaDevice device;
    private readonly DriverHandle handle;

    private CudaModule(CudaDevice device, string name, nint loaded, bool fromCache)
    {
        this.device = device;
        Name = name;
        FromCache = fromCache;
        handle = new DriverHandle(device, typeof(CudaModule), loaded, DriverApi.cuModuleUnload);
    }

    /// <summary>The file name that the compiler's messages give.</summary>
    public string Name { get; }

    /// <summary>Whether the image came from disk.</summary>
    internal bool FromCache { get; }

    /// <summary>Compiles CUDA C for a device, or takes the result of an earlier time from disk, and loads it.</summary>
    /// <param name="device">The device.</param>
    /// <param name="name">The file name that the compiler's messages give.</param>
    /// <param name="source">CUDA C that includes nothing; kernels are extern "C".</param>
    /// <param name="options">Options of NVRTC besides the architecture and --std=c++17.</param>
    /// <exception cref="CudaException">NVRTC is missing, the source does not compile (the message holds the compiler's), or the driver refuses the image.</exception>
    /// <remarks>The images lie in the folder that SDCOMPILER_CUDA_CACHE names, else among the user's local application data.</remarks>
    public static CudaModule Compile(CudaDevice device, string name, string source, IReadOnlyList<string> options) =>
        Compile(device, name, source, options, KernelCache.Default());

    /// <summary>A kernel by its name.</summary>
    /// <param name="name">The name; the kernel is extern "C".</param>
    /// <exception cref="CudaException">There is none of that name.</exception>
    public CudaFunction Function(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        device.MakeCurrent();
        int status = DriverApi.cuModuleGetFunction(out nint function, handle.Value, name);
        if (status == CudaStatus.NotFound)
        {
            throw new CudaException(
                $"{nameof(DriverApi.cuModuleGetFunction)} failed: '{Name}' has no kernel '{name}', {Check.DriverText(status)}. Declare it extern \"C\" __global__.", status);
        }

        Check.Driver(status, nameof(DriverApi.cuModuleGetFunction));
        return new CudaFunction(this, name, function);
    }

    /// <summary>Unloads the kernels; none of them may be running, nor any graph that holds them.</summary>
    public void Dispose() => handle.Dispose();

    internal static CudaModule Compile(CudaDevice device, string name, string source, IReadOnlyList<string> options, KernelCache cache)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(options);
        string[] all = [$"--gpu-architecture={device.Architecture}", "--std=c++17", .. options];
        device.MakeCurrent();
        string key = KernelCache.Key(source, all, KernelCompiler.Version());

        // An image that the driver refuses (it was made beside another driver, say) is as good as none.
        if (cache.Read(key) is { } kept && Load(kept, out nint loaded) == CudaStatus.Success)
        {
            return new CudaModule(device, name, loaded, fromCache: true);
        }

        byte[] image = KernelCompiler.Compile(name, source, all);
        Check.Driver(Load(image, out loaded), nameof(DriverApi.cuModuleLoadData));
        cache.Write(key, image);
        return new CudaModule(device, name, loaded, fromCache: false);
    }

    /// <exception cref="ObjectDisposedException">The module was disposed.</exception>
    internal void ThrowIfDisposed() => _ = handle.Value;

    private static int Load(byte[] image, out nint loaded)
    {
        fixed (byte* start = image)
        {
            return DriverApi.cuModuleLoadData(out loaded, start);
        }
    }
}
