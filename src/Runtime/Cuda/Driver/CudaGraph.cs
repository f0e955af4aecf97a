using System;

namespace SdCompiler.Runtime.Cuda;

/// <summary>Work that was recorded once and runs again by one call. Addresses and sizes are those of the recording; what lies at the addresses may change.</summary>
public sealed class CudaGraph : IDisposable
{
    private const int ThreadLocal = 1;

    private readonly CudaDevice device;
    private readonly DriverHandle handle;

    // The nodes hold the addresses of buffers and kernels; what the recording refers to stays reachable with the graph.
    private readonly Action recorded;

    private CudaGraph(CudaDevice device, nint executable, Action recorded)
    {
        this.device = device;
        this.recorded = recorded;
        handle = new DriverHandle(device, typeof(CudaGraph), executable, DriverApi.cuGraphExecDestroy);
    }

    /// <summary>Records what an action puts into a stream, without running it.</summary>
    /// <param name="stream">The stream; not the default one. Other streams join in by events that it records and waits for.</param>
    /// <param name="record">Launches, asynchronous copies and products only; run each of them once before, so that nothing is loaded during the recording.</param>
    /// <exception cref="CudaException">Something else was called meanwhile, or the driver refuses the graph. What <paramref name="record"/> throws comes through.</exception>
    public static CudaGraph Capture(CudaStream stream, Action record)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(record);
        CudaDevice device = stream.Device;
        device.MakeCurrent();
        nint graph = Record(stream, record);
        try
        {
            device.MakeCurrent();
            Check.Driver(DriverApi.cuGraphInstantiateWithFlags(out nint executable, graph, 0), nameof(DriverApi.cuGraphInstantiateWithFlags));
            return new CudaGraph(device, executable, record);
        }
        finally
        {
            // The executable one is complete by itself.
            _ = DriverApi.cuGraphDestroy(graph);
        }
    }

    /// <summary>Puts the recorded work into a stream; nothing is allocated.</summary>
    /// <param name="stream">The stream.</param>
    /// <exception cref="CudaException">The driver refuses the launch.</exception>
    public void Launch(CudaStream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        device.MakeCurrent();
        Check.Driver(DriverApi.cuGraphLaunch(handle.Value, stream.Handle), nameof(DriverApi.cuGraphLaunch));
        GC.KeepAlive(recorded);
        GC.KeepAlive(this);
    }

    /// <summary>Gives the graph back; a run of it that has begun still ends.</summary>
    public void Dispose() => handle.Dispose();

    private static nint Record(CudaStream stream, Action record)
    {
        nint queue = stream.Handle;
        Check.Driver(DriverApi.cuStreamBeginCapture_v2(queue, ThreadLocal), nameof(DriverApi.cuStreamBeginCapture_v2));
        bool complete = false;
        nint graph = 0;
        int status;
        try
        {
            record();
            complete = true;
        }
        finally
        {
            // Also after an exception: otherwise the stream would stay in recording, and every later call on it fail.
            status = DriverApi.cuStreamEndCapture(queue, out graph);
            if (!complete && graph != 0)
            {
                _ = DriverApi.cuGraphDestroy(graph);
            }
        }

        Check.Driver(status, nameof(DriverApi.cuStreamEndCapture));
        return graph;
    }
}
