using System;
using SdCompiler.Cuda.Tests.Harness;
using SdCompiler.Runtime.Cuda;
using Xunit;

namespace SdCompiler.Cuda.Tests;

public sealed class CudaStreamTests
{
    [RequiresStandInFact]
    public void AForeignStreamIsLeftAlone()
    {
        CudaDevice device = TestDevice.Open();
        using var own = new CudaStream(device);
        CudaStream foreign = CudaStream.Wrap(device, own.Handle);
        Assert.Equal(own.Handle, foreign.Handle);
        foreign.Synchronize();
        foreign.Dispose();
        Assert.Throws<ObjectDisposedException>(() => foreign.Handle);
        own.Synchronize();
    }

    [RequiresStandInFact]
    public void ADisposedOneIsRefusedByName()
    {
        var stream = new CudaStream(TestDevice.Open());
        stream.Dispose();
        stream.Dispose();
        Assert.Contains("CudaStream", Assert.Throws<ObjectDisposedException>(stream.Synchronize).ObjectName, StringComparison.Ordinal);
    }

    [RequiresStandInFact]
    public void EventsTakeTheTime()
    {
        CudaDevice device = TestDevice.Open();
        using var stream = new CudaStream(device);
        using var other = new CudaStream(device);
        using var start = new CudaEvent(device);
        using var end = new CudaEvent(device);
        using var buffer = new DeviceBuffer(device, 1 << 20);
        start.Record(stream);
        buffer.Clear(stream);
        end.Record(stream);
        end.WaitOn(other);
        other.Synchronize();
        double milliseconds = end.MillisecondsSince(start);
        Assert.InRange(milliseconds, 0, 60_000);
        Assert.Equal(-milliseconds, start.MillisecondsSince(end));
    }

    [RequiresStandInFact]
    public void AnEventWithoutTimeHasNone()
    {
        CudaDevice device = TestDevice.Open();
        using var stream = new CudaStream(device);
        using var start = new CudaEvent(device, timed: false);
        using var end = new CudaEvent(device);
        start.Record(stream);
        end.Record(stream);
        Assert.Equal(400, Assert.Throws<CudaException>(() => end.MillisecondsSince(start)).Status);
    }
}
