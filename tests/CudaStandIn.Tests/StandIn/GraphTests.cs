using System;
using SdCompiler.Cuda.Tests.Harness;
using Xunit;
using Api = SdCompiler.Cuda.Tests.Harness.StandInApi;
using Device = SdCompiler.Cuda.Tests.Harness.StandInDevice;

namespace SdCompiler.Cuda.Tests.StandIn;

/// <summary>Capture records and runs nothing; a replay reads memory as it is then and arguments as they were at the capture.</summary>
public sealed unsafe class GraphTests : IDisposable
{
    private const string Source = """
        extern "C" __global__ void scale(const float* x, float* y, float factor, int n)
        {
            int i = blockIdx.x * blockDim.x + threadIdx.x;
            if (i < n) y[i] = factor * x[i];
        }
        """;

    private readonly Device? _device = StandInLibrary.Missing is null ? new Device() : null;

    private Device Gpu => _device!;

    public void Dispose() => _device?.Dispose();

    [RequiresStandInFact]
    public void A_replay_sees_new_memory_and_the_captured_arguments()
    {
        nint scale = Device.Kernel(Source, "scale");
        nint pinned, x = Device.Allocate(12), y = Device.Allocate(12);
        Device.Ok(Api.AllocateHost(&pinned, 12));
        Span<float> host = new((void*)pinned, 3);
        float[] result = new float[3];

        nint graph, executable;
        Device.Ok(Api.BeginCapture(Gpu.Stream, 1));
        fixed (float* to = result)
        {
            Device.Ok(Api.ToDeviceAsync(x, (void*)pinned, 12, Gpu.Stream));
            Scale(scale, x, y, 2f, Gpu.Stream);
            Device.Ok(Api.ToHostAsync(to, y, 12, Gpu.Stream));
            Device.Ok(Api.EndCapture(Gpu.Stream, &graph));
            Assert.Equal([0f, 0f, 0f], result);
            Assert.Equal(0, Device.Counters()[3]);

            Device.Ok(Api.Instantiate(&executable, graph, 0));
            Device.Ok(Api.GraphDestroy(graph));
            for (int i = 1; i <= 3; i++)
            {
                host.Fill(i);
                Device.Ok(Api.GraphLaunch(executable, Gpu.Stream));
                Device.Ok(Api.Synchronize(Gpu.Stream));
                Assert.Equal([2f * i, 2f * i, 2f * i], result);
            }
        }

        Device.Ok(Api.ExecutableDestroy(executable));
        Device.Ok(Api.FreeHost(pinned));
        Assert.Equal([2, 1, 24, 3, 3, 1], Device.Counters());
    }

    [RequiresStandInFact]
    public void What_a_capture_cannot_record_is_refused_and_spoils_it()
    {
        nint p, graph;
        Device.Ok(Api.BeginCapture(Gpu.Stream, 1));
        Assert.Equal(900, Api.Allocate(&p, 16));
        Assert.Equal(900, Api.Synchronize(Gpu.Stream));
        Assert.Equal(901, Api.EndCapture(Gpu.Stream, &graph));
        Assert.Equal(0, graph);
        Device.Ok(Api.Synchronize(Gpu.Stream));
    }

    [RequiresStandInFact]
    public void Other_streams_join_a_capture_through_events()
    {
        nint scale = Device.Kernel(Source, "scale");
        nint other, fork, join, graph, executable, x = Device.Allocate<float>([1f, 2f, 3f]), y = Device.Allocate(12), z = Device.Allocate(12);
        Device.Ok(Api.StreamCreate(&other, 1));
        Device.Ok(Api.EventCreate(&fork, 2));
        Device.Ok(Api.EventCreate(&join, 2));

        Device.Ok(Api.BeginCapture(Gpu.Stream, 1));
        Scale(scale, x, y, 2f, Gpu.Stream);
        Device.Ok(Api.EventRecord(fork, Gpu.Stream));
        Device.Ok(Api.WaitEvent(other, fork, 0));
        Scale(scale, y, z, 5f, other);
        Device.Ok(Api.EventRecord(join, other));
        Device.Ok(Api.WaitEvent(Gpu.Stream, join, 0));
        Device.Ok(Api.EndCapture(Gpu.Stream, &graph));
        Device.Ok(Api.Instantiate(&executable, graph, 0));
        Device.Ok(Api.GraphLaunch(executable, other));
        Assert.Equal([10f, 20f, 30f], Device.Read<float>(z, 3));

        Device.Ok(Api.BeginCapture(Gpu.Stream, 1));
        Device.Ok(Api.EventRecord(fork, Gpu.Stream));
        Device.Ok(Api.WaitEvent(other, fork, 0));
        Scale(scale, y, z, 5f, other);
        Assert.Equal(904, Api.EndCapture(Gpu.Stream, &graph)); // nobody waits for the other stream
    }

    [RequiresStandInFact]
    public void A_replay_without_its_module_or_its_memory_fails()
    {
        nint module = Device.Load(Device.Compile(Source).Image!), scale = Device.Function(module, "scale");
        nint graph, executable, x = Device.Allocate(12);
        Device.Ok(Api.BeginCapture(Gpu.Stream, 1));
        Scale(scale, x, x, 2f, Gpu.Stream);
        Device.Ok(Api.EndCapture(Gpu.Stream, &graph));
        Device.Ok(Api.Instantiate(&executable, graph, 0));
        Device.Ok(Api.ModuleUnload(module));

        Assert.Equal(400, Api.GraphLaunch(executable, Gpu.Stream));
    }

    [RequiresStandInFact]
    public void Deferred_work_waits_until_somebody_synchronizes()
    {
        nint scale = Device.Kernel(Source, "scale");
        nint pinned, x = Device.Allocate(12), y = Device.Allocate(12);
        Device.Ok(Api.AllocateHost(&pinned, 12));
        Span<float> host = new((void*)pinned, 3);
        Api.SetDeferred(1);

        host.Fill(1f);
        Device.Ok(Api.ToDeviceAsync(x, (void*)pinned, 12, Gpu.Stream));
        Scale(scale, x, y, 2f, Gpu.Stream);
        host.Fill(4f); // too early: the copy has not been made
        Assert.Equal(0, Device.Counters()[3]);
        Device.Ok(Api.Synchronize(Gpu.Stream));

        Assert.Equal(1, Device.Counters()[3]);
        Assert.Equal([8f, 8f, 8f], Device.Read<float>(y, 3));
    }

    [RequiresStandInFact]
    public void Events_take_the_time()
    {
        nint from, to;
        Device.Ok(Api.EventCreate(&from, 0));
        Device.Ok(Api.EventCreate(&to, 0));
        float milliseconds = -1;
        Assert.Equal(400, Api.EventElapsed(&milliseconds, from, to));
        Device.Ok(Api.EventRecord(from, Gpu.Stream));
        Device.Ok(Api.EventRecord(to, Gpu.Stream));
        Device.Ok(Api.EventElapsed(&milliseconds, from, to));
        Assert.True(milliseconds >= 0);
        Device.Ok(Api.EventDestroy(from));
        Device.Ok(Api.EventDestroy(to));
    }

    private static void Scale(nint function, nint x, nint y, float factor, nint stream)
    {
        int n = 3;
        void** arguments = stackalloc void*[] { &x, &y, &factor, &n };
        Device.Ok(Api.Launch(function, 2, 1, 1, 2, 1, 1, 0, stream, arguments, null));
        factor = float.NaN; // the call has taken its value
    }
}
