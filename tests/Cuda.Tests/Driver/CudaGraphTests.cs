using System;
using System.Threading;
using SdCompiler.Cuda.Tests.Harness;
using SdCompiler.Runtime.Cuda;
using Xunit;

namespace SdCompiler.Cuda.Tests;

public sealed unsafe class CudaGraphTests : IDisposable
{
    private const int Count = 100;
    private const int Bytes = Count * sizeof(float);

    private readonly CudaDevice device;
    private readonly CudaModule module;
    private readonly CudaStream stream;
    private readonly PinnedBuffer host;
    private readonly DeviceBuffer x, y;

    public CudaGraphTests()
    {
        // Skipped tests come here too.
        if (StandInLibrary.Missing is not null)
        {
            device = null!;
            module = null!;
            stream = null!;
            host = null!;
            x = y = null!;
            return;
        }

        device = TestDevice.Open();
        module = TestKernels.Compile(device);
        stream = new CudaStream(device);
        host = new PinnedBuffer(device, Bytes);
        x = new DeviceBuffer(device, Bytes);
        y = new DeviceBuffer(device, Bytes);
        y.Clear(stream);
        stream.Synchronize();
    }

    public void Dispose()
    {
        y?.Dispose();
        x?.Dispose();
        host?.Dispose();
        stream?.Dispose();
        module?.Dispose();
    }

    [RequiresStandInFact]
    public void ItRunsAgainWithWhatLiesAtTheAddresses()
    {
        using CudaGraph graph = Record();
        Assert.Equal(0, Read(Count - 1));
        host.Span<float>(0, Count).Fill(1);
        graph.Launch(stream);
        stream.Synchronize();
        Assert.Equal(2, Read(0));
        Assert.Equal(2, Read(Count - 1));
        host.Span<float>(0, Count).Fill(10);
        graph.Launch(stream);
        graph.Launch(stream);
        stream.Synchronize();
        Assert.Equal(42, Read(Count - 1));
    }

    [RequiresStandInFact]
    public void AnotherStreamAndThreadMayRunIt()
    {
        using CudaGraph graph = Record();
        host.Span<float>(0, Count).Fill(3);
        var thread = new Thread(() =>
        {
            using var other = new CudaStream(device);
            graph.Launch(other);
            other.Synchronize();
        });
        thread.Start();
        thread.Join();
        Assert.Equal(6, Read(0));
    }

    [RequiresStandInFact]
    public void ALaunchAllocatesNothing()
    {
        using CudaGraph graph = Record();
        Work(10);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Work(100);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        void Work(int times)
        {
            for (int i = 0; i < times; i++)
            {
                graph.Launch(stream);
                stream.Synchronize();
            }
        }
    }

    [RequiresStandInFact]
    public void WhatTheRecordingThrowsComesThroughAndTheStreamIsUsableAgain()
    {
        CudaFunction function = module.Function("add_scaled");
        var e = Assert.Throws<InvalidOperationException>(() => CudaGraph.Capture(stream, () =>
        {
            CudaLaunch.Run(stream, function, 1, 1, Count, y, x, 1f, Count);
            throw new InvalidOperationException("in the middle");
        }));
        Assert.Equal("in the middle", e.Message);
        stream.Synchronize();
        Assert.Equal(0, Read(0));
        ItRunsAgainWithWhatLiesAtTheAddresses();
    }

    [RequiresStandInFact]
    public void WaitingInsideARecordingIsRefused()
    {
        CudaException e = Assert.Throws<CudaException>(() => CudaGraph.Capture(stream, stream.Synchronize));
        Assert.Equal(900, e.Status);
        Assert.Contains("only asynchronous work", e.Message, StringComparison.Ordinal);
        ItRunsAgainWithWhatLiesAtTheAddresses();
    }

    [RequiresStandInFact]
    public void ARecordingThatWasSpoiledSilentlyIsRefused()
    {
        CudaException e = Assert.Throws<CudaException>(() => CudaGraph.Capture(stream, () =>
        {
            try
            {
                new DeviceBuffer(device, 16).Dispose();
            }
            catch (CudaException)
            {
                // As careless code would.
            }
        }));
        Assert.Equal("cuStreamEndCapture failed", e.Message[..25]);
        ItRunsAgainWithWhatLiesAtTheAddresses();
    }

    [RequiresStandInFact]
    public void AFailedInstantiationLeavesTheStreamUsable()
    {
        StandInControl.FailNext("cuGraphInstantiateWithFlags", 2);
        Assert.Equal(2, Assert.Throws<CudaException>(Record).Status);
        ItRunsAgainWithWhatLiesAtTheAddresses();
    }

    [RequiresStandInFact]
    public void AnotherStreamJoinsByEvents()
    {
        CudaFunction function = module.Function("add_scaled");
        using var other = new CudaStream(device);
        using var fork = new CudaEvent(device, timed: false);
        using var join = new CudaEvent(device, timed: false);
        using var z = new DeviceBuffer(device, Bytes);
        z.Clear(stream);
        stream.Synchronize();
        using CudaGraph graph = CudaGraph.Capture(stream, () =>
        {
            CudaCopy.ToDevice(stream, x.Pointer, host.Pointer, Bytes);
            fork.Record(stream);
            fork.WaitOn(other);
            CudaLaunch.Run(other, function, 1, 1, Count, z, x, 5f, Count);
            join.Record(other);
            CudaLaunch.Run(stream, function, 1, 1, Count, y, x, 2f, Count);
            join.WaitOn(stream);
            CudaLaunch.Run(stream, function, 1, 1, Count, y, z, 1f, Count);
        });
        host.Span<float>(0, Count).Fill(1);
        graph.Launch(stream);
        stream.Synchronize();
        Assert.Equal(7, Read(0));
    }

    [RequiresStandInFact]
    public void ADisposedOneIsRefused()
    {
        CudaGraph graph = Record();
        graph.Dispose();
        Assert.Throws<ObjectDisposedException>(() => graph.Launch(stream));
    }

    /// <summary>y += 2 x, after x came from the host.</summary>
    private CudaGraph Record()
    {
        CudaFunction function = module.Function("add_scaled");
        return CudaGraph.Capture(stream, () =>
        {
            CudaCopy.ToDevice(stream, x.Pointer, host.Pointer, Bytes);
            CudaLaunch.Run(stream, function, 4, 1, 32, y, x, 2f, Count);
        });
    }

    private float Read(int index)
    {
        float[] read = new float[1];
        y.Download<float>(read, index * sizeof(float));
        return read[0];
    }
}
