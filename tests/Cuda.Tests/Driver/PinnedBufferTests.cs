using System;
using SdCompiler.Cuda.Tests.Harness;
using SdCompiler.Runtime.Cuda;
using Xunit;

namespace SdCompiler.Cuda.Tests;

public sealed unsafe class PinnedBufferTests
{
    [RequiresStandInFact]
    public void ItIsZeroAndItsPartsStayInside()
    {
        using var buffer = new PinnedBuffer(TestDevice.Open(), 12);
        Assert.Equal(12, buffer.Bytes);
        Assert.Equal(-1, buffer.Span<byte>(0, 12).IndexOfAnyExcept((byte)0));
        buffer.Span<int>(8, 1)[0] = 5;
        Assert.Equal(5, *(int*)(buffer.Pointer + 8));
        Assert.Equal(0, buffer.Span<int>(12, 0).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Span<int>(8, 2).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Span<int>(0, int.MaxValue).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Span<int>(0, -1).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Span<int>(-4, 1).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Span<int>(13, 0).Length);
    }

    [RequiresStandInFact]
    public void ADisposedOneIsRefused()
    {
        var buffer = new PinnedBuffer(TestDevice.Open(), 0);
        buffer.Dispose();
        Assert.Throws<ObjectDisposedException>(() => (nint)buffer.Pointer);
    }

    [RequiresStandInFact]
    public void TooLittleMemorySaysHowMuchWasAskedFor()
    {
        CudaDevice device = TestDevice.Open();
        StandInControl.FailNext("cuMemAllocHost_v2", 2);
        CudaException e = Assert.Throws<CudaException>(() => new PinnedBuffer(device, 12345));
        Assert.Equal(2, e.Status);
        Assert.StartsWith("cuMemAllocHost_v2 failed: CUDA_ERROR_OUT_OF_MEMORY (2, out of memory). Asked for 12345 bytes of the host's memory", e.Message, StringComparison.Ordinal);
    }

    [RequiresStandInFact]
    public void CopiesRunInTheStreamsOrder()
    {
        CudaDevice device = TestDevice.Open();
        using var stream = new CudaStream(device);
        using var host = new PinnedBuffer(device, 32);
        using var one = new DeviceBuffer(device, 16);
        using var other = new DeviceBuffer(device, 16);
        Span<int> numbers = host.Span<int>(0, 8);
        numbers[0] = 1;
        numbers[3] = 4;
        CudaCopy.ToDevice(stream, one.Pointer, host.Pointer, 16);
        CudaCopy.Within(stream, other.Pointer, one.Pointer, 16);
        CudaCopy.ToHost(stream, other.Pointer, host.Pointer + 16, 16);
        CudaCopy.ToHost(stream, other.Pointer, (nint)host.Pointer + 16, 0);
        stream.Synchronize();
        Assert.Equal([1, 0, 0, 4], host.Span<int>(16, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => CudaCopy.Within(stream, other.Pointer, one.Pointer, -1));
        Assert.Equal(1, Assert.Throws<CudaException>(() => CudaCopy.Within(stream, other.Pointer, one.Pointer, 17)).Status);
    }
}
