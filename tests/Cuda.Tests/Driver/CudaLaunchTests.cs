using System;
using System.Linq;
using SdCompiler.Cuda.Tests.Harness;
using SdCompiler.Runtime.Cuda;
using Xunit;

namespace SdCompiler.Cuda.Tests;

public sealed class CudaLaunchTests : IDisposable
{
    private readonly CudaDevice device;
    private readonly CudaModule module;
    private readonly CudaStream stream;

    public CudaLaunchTests()
    {
        // Skipped tests come here too.
        if (StandInLibrary.Missing is not null)
        {
            device = null!;
            module = null!;
            stream = null!;
            return;
        }

        device = TestDevice.Open();
        module = TestKernels.Compile(device);
        stream = new CudaStream(device);
    }

    public void Dispose()
    {
        stream?.Dispose();
        module?.Dispose();
    }

    [RequiresStandInFact]
    public void EveryKindOfArgumentArrives()
    {
        using var output = new DeviceBuffer(device, 5 * sizeof(long));
        CudaLaunch.Run(stream, module.Function("arguments"), 1, 1, 1, output, unchecked((nint)0x7f0012345678), -5, uint.MaxValue, long.MinValue, -2.25f);
        stream.Synchronize();
        long[] read = new long[5];
        output.Download<long>(read);
        Assert.Equal([0x7f0012345678, -5, uint.MaxValue, long.MinValue, -9], read);
    }

    [RequiresStandInFact]
    public void TheGridHasTwoDimensions()
    {
        using var output = new DeviceBuffer(device, 24 * sizeof(int));
        CudaLaunch.Run(stream, module.Function("places"), 3, 2, 4, output);
        stream.Synchronize();
        int[] read = new int[24];
        output.Download<int>(read);
        Assert.Equal(Enumerable.Range(0, 24).Select(i => 100 * (i / 12) + 10 * (i / 4 % 3) + i % 4), read);
    }

    [RequiresStandInFact]
    public void WhatTheDriverRefusesNamesTheKernelAndTheSize()
    {
        using var output = new DeviceBuffer(device, 4096 * sizeof(int));
        CudaException e = Assert.Throws<CudaException>(() => CudaLaunch.Run(stream, module.Function("places"), 2, 1, 2048, output));
        Assert.StartsWith("cuLaunchKernel failed for kernel 'places' with 2 x 1 blocks of 2048 threads: CUDA_ERROR_INVALID_VALUE (1, invalid argument).", e.Message, StringComparison.Ordinal);
    }

    [RequiresStandInFact]
    public void SizesBelowOneAreRefused()
    {
        CudaFunction function = module.Function("places");
        Assert.Throws<ArgumentOutOfRangeException>(() => CudaLaunch.Run(stream, function, 0, 1, 1, (nint)0));
        Assert.Throws<ArgumentOutOfRangeException>(() => CudaLaunch.Run(stream, function, 1, -1, 1, (nint)0));
        Assert.Throws<ArgumentOutOfRangeException>(() => CudaLaunch.Run(stream, function, 1, 1, 0, (nint)0));
        Assert.Throws<ArgumentOutOfRangeException>(() => CudaLaunch.Run(stream, function, 1, 1, 1, new CudaArgument[513]));
        Assert.Throws<ArgumentNullException>(() => CudaLaunch.Run(null!, function, 1, 1, 1, (nint)0));
        Assert.Throws<ArgumentNullException>(() => CudaLaunch.Run(stream, null!, 1, 1, 1, (nint)0));
    }

    [RequiresStandInFact]
    public void LaunchesAndCopiesAllocateNothing()
    {
        using var x = new DeviceBuffer(device, 16);
        using var y = new DeviceBuffer(device, 16);
        using var host = new PinnedBuffer(device, 16);
        CudaFunction function = module.Function("add_scaled");
        x.Clear(stream);
        y.Clear(stream);
        Work(10);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Work(100);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        unsafe void Work(int times)
        {
            for (int i = 0; i < times; i++)
            {
                CudaCopy.ToDevice(stream, x.Pointer, host.Pointer, 16);
                CudaLaunch.Run(stream, function, 1, 1, 4, y, x, 0.5f, 4);
                CudaCopy.Within(stream, x.Pointer, y.Pointer, 16);
                CudaCopy.ToHost(stream, y.Pointer, host.Pointer, 16);
                stream.Synchronize();
            }
        }
    }
}
