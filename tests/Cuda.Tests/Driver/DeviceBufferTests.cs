using System;
using System.Linq;
using System.Runtime.CompilerServices;
using SdCompiler.Cuda.Tests.Harness;
using SdCompiler.Runtime.Cuda;
using Xunit;

namespace SdCompiler.Cuda.Tests;

public sealed class DeviceBufferTests
{
    [RequiresStandInFact]
    public void PartsComeBackAsTheyWent()
    {
        using var buffer = new DeviceBuffer(TestDevice.Open(), 40);
        Assert.Equal(40, buffer.Bytes);
        float[] numbers = [.. Enumerable.Range(0, 10).Select(i => i + 0.5f)];
        buffer.Upload<float>(numbers);
        buffer.Upload<short>([-1, -2], byteOffset: 36);
        float[] first = new float[9];
        buffer.Download<float>(first);
        Assert.Equal(numbers[..9], first);
        short[] last = new short[3];
        buffer.Download<short>(last, byteOffset: 34);
        Assert.Equal<short>([-1, -2], last[1..]);
    }

    [RequiresStandInFact]
    public void ClearingIsWorkOfTheStream()
    {
        CudaDevice device = TestDevice.Open();
        using var stream = new CudaStream(device);
        using var buffer = new DeviceBuffer(device, 13);
        buffer.Clear(stream);
        stream.Synchronize();
        byte[] bytes = [.. Enumerable.Repeat((byte)1, 13)];
        buffer.Download<byte>(bytes);
        Assert.All(bytes, b => Assert.Equal(0, b));
    }

    [RequiresStandInFact]
    public void NothingReachesOutside()
    {
        using var buffer = new DeviceBuffer(TestDevice.Open(), 8);
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Upload<float>([1, 2, 3]));
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Upload<float>([1], byteOffset: 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Upload<byte>([1], byteOffset: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Download<byte>(new byte[1], byteOffset: long.MaxValue));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DeviceBuffer(TestDevice.Open(), -1));
        buffer.Upload<float>([], byteOffset: 8);
    }

    [RequiresStandInFact]
    public void NoBytesAreAllowed()
    {
        CudaDevice device = TestDevice.Open();
        using var stream = new CudaStream(device);
        using var buffer = new DeviceBuffer(device, 0);
        Assert.NotEqual(0, buffer.Pointer);
        buffer.Upload<float>([]);
        buffer.Download<float>([]);
        buffer.Clear(stream);
    }

    [RequiresStandInFact]
    public void ADisposedOneIsRefusedByName()
    {
        var buffer = new DeviceBuffer(TestDevice.Open(), 8);
        buffer.Dispose();
        buffer.Dispose();
        Assert.Contains("DeviceBuffer", Assert.Throws<ObjectDisposedException>(() => buffer.Pointer).ObjectName, StringComparison.Ordinal);
        Assert.Throws<ObjectDisposedException>(() => buffer.Upload<byte>([1]));
    }

    [RequiresStandInFact]
    public void TooLittleMemorySaysHowMuchWasAskedForAndIsFree()
    {
        CudaDevice device = TestDevice.Open();
        StandInControl.FailNext("cuMemAlloc_v2", 2);
        CudaException e = Assert.Throws<CudaException>(() => new DeviceBuffer(device, 12345));
        Assert.Equal(2, e.Status);
        Assert.StartsWith("cuMemAlloc_v2 failed: CUDA_ERROR_OUT_OF_MEMORY (2, out of memory). Asked for 12345 bytes; ", e.Message, StringComparison.Ordinal);
        Assert.Contains($" of {device.TotalMemory} are free on device 0 (CPU stand-in). Use a smaller batch", e.Message, StringComparison.Ordinal);

        StandInControl.FailNext("cuMemAlloc_v2", 2);
        StandInControl.FailNext("cuMemGetInfo_v2", 700);
        e = Assert.Throws<CudaException>(() => new DeviceBuffer(device, 1));
        Assert.Equal(2, e.Status);
        Assert.Contains("not known how many are free", e.Message, StringComparison.Ordinal);

        Assert.Equal(2, Assert.Throws<CudaException>(() => new DeviceBuffer(device, 1L << 50)).Status);
    }

    [RequiresStandInFact]
    public void AForgottenOneIsFreed()
    {
        const long Bytes = 3 << 20;
        long before = StandInControl.LiveDeviceBytes();
        Forget(Bytes);
        for (int i = 0; i < 10 && StandInControl.LiveDeviceBytes() >= before + Bytes; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.InRange(StandInControl.LiveDeviceBytes(), 0, before + Bytes - 1);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Forget(long bytes) => _ = new DeviceBuffer(TestDevice.Open(), bytes).Pointer;
}
