using System;
using System.Threading.Tasks;
using SdCompiler.Cuda.Tests.Harness;
using Xunit;
using Api = SdCompiler.Cuda.Tests.Harness.StandInApi;
using Device = SdCompiler.Cuda.Tests.Harness.StandInDevice;

namespace SdCompiler.Cuda.Tests.StandIn;

/// <summary>What a kernel must not do is an error with words, stays until the context is reset, and never ends the process.</summary>
public sealed unsafe class FaultTests : IDisposable
{
    private const int IllegalAddress = 700, Misaligned = 716, LaunchFailed = 719, InvalidValue = 1;

    private readonly Device? _device = StandInLibrary.Missing is null ? new Device() : null;

    private Device Gpu => _device!;

    public void Dispose() => _device?.Dispose();

    [RequiresStandInTheory]
    [InlineData("x[blockIdx.x * 64 + threadIdx.x] = 1.0f", "0 bytes past the end of an allocation of 400 bytes")]
    [InlineData("x[0] = x[100 + threadIdx.x]", "0 bytes past the end of an allocation of 400 bytes")]
    [InlineData("x[(int)threadIdx.x - 1000] = 1.0f", "before the start of an allocation of 400 bytes")]
    [InlineData("*(float*)16 = 1.0f", "near no allocation")]
    public void Memory_outside_an_allocation_is_an_illegal_address(string statement, string where)
    {
        nint kernel = Device.Kernel($"extern \"C\" __global__ void bad(float* x) {{ __syncthreads(); {statement}; }}", "bad");
        nint x = Device.Allocate(100 * sizeof(float));

        Assert.Equal(IllegalAddress, Gpu.TryLaunch(kernel, 2, 64, x));

        Assert.Contains("kernel bad, block (", Api.Message());
        Assert.Contains(where, Api.Message());
    }

    [RequiresStandInTheory]
    [InlineData(99, "past the end", false)]
    [InlineData(99, "past the end", true)]
    [InlineData(-1, "before", false)]
    [InlineData(-1, "before", true)]
    public void A_write_into_the_bytes_around_an_allocation_shows_afterwards(long at, string where, bool freed)
    {
        nint kernel = Device.Kernel("extern \"C\" __global__ void bad(char* x, const long long* at) { x[*at] = 1; }", "bad");
        nint x = Device.Allocate(99), offset = Device.Allocate<long>([at]);

        Device.Ok(Gpu.TryLaunch(kernel, 1, 1, x, offset));

        Assert.Equal(IllegalAddress, freed ? Api.Free(x) : Api.Synchronize(Gpu.Stream));
        Assert.Contains(where, Api.Message());
        Assert.Equal(IllegalAddress, Api.Synchronize(Gpu.Stream));
    }

    [RequiresStandInFact]
    public void Freed_memory_is_an_illegal_address()
    {
        nint kernel = Device.Kernel("extern \"C\" __global__ void late(float* x) { x[0] = 1; }", "late");
        nint x = Device.Allocate(64);
        Device.Ok(Api.Free(x));

        Assert.Equal(IllegalAddress, Gpu.TryLaunch(kernel, 1, 1, x));

        Assert.Contains("that has been freed", Api.Message());
    }

    [RequiresStandInFact]
    public void A_fault_stays_until_the_context_is_reset()
    {
        nint kernel = Device.Kernel("extern \"C\" __global__ void bad(float* x) { x[100] = 1; }", "bad");
        nint x = Device.Allocate(400), y;

        Assert.Equal(IllegalAddress, Gpu.TryLaunch(kernel, 1, 1, x));
        Assert.Equal(IllegalAddress, Api.Synchronize(Gpu.Stream));
        Assert.Equal(IllegalAddress, Api.Allocate(&y, 16));
        Assert.Equal(IllegalAddress, Api.Free(x));

        Device.Ok(Api.ContextReset(0));
        Device.Ok(Api.Allocate(&y, 16));
        Assert.Equal(InvalidValue, Api.Synchronize(Gpu.Stream)); // the stream went with the context
    }

    [RequiresStandInTheory]
    [InlineData("if (threadIdx.x != 40) __syncthreads();", "not reached by threads that have ended")]
    [InlineData("if (threadIdx.x == 40) return; __syncthreads();", "not reached by threads that have ended")]
    [InlineData("if (threadIdx.x < 40) __syncthreads();\n else __syncthreads();", "different __syncthreads")]
    [InlineData("if (threadIdx.x < 40) __syncthreads();\n else __syncwarp();", "lanes that do not come")]
    [InlineData("if (threadIdx.x < 20) __shfl_sync(0xffffffffu, 1, 0); else __syncthreads();", "lanes that do not come")]
    [InlineData("__syncwarp(0xffff);", "whose mask leaves it out")]
    [InlineData("x[0] = x[0] / (int)blockIdx.x;", "integer division by zero")]
    public void What_would_hang_or_trap_is_a_failed_launch(string body, string message)
    {
        nint kernel = Device.Kernel($"extern \"C\" __global__ void bad(int* x) {{ {body} }}", "bad");
        nint x = Device.Allocate(4);

        Assert.Equal(LaunchFailed, Gpu.TryLaunch(kernel, 2, 64, x));

        Assert.Contains(message, Api.Message());
        Assert.Equal(LaunchFailed, Api.Synchronize(Gpu.Stream));
    }

    [RequiresStandInFact]
    public void A_stack_that_overflows_is_a_failed_launch()
    {
        nint kernel = Device.Kernel("""
            __device__ __noinline__ int deep(int* x, int n) { volatile int room[256]; room[n & 255] = n; return n == 0 ? 0 : deep(x, n - 1) + room[n & 255] + x[0]; }
            extern "C" __global__ void bad(int* x) { x[0] = deep(x, 1 << 20); }
            """, "bad");
        nint x = Device.Allocate<int>([0]);

        Assert.Equal(LaunchFailed, Gpu.TryLaunch(kernel, 1, 1, x));

        Assert.Contains("stack of a thread", Api.Message());
    }

    [RequiresStandInFact]
    public void An_index_outside_a_shared_array_is_an_illegal_address()
    {
        nint kernel = Device.Kernel("extern \"C\" __global__ void bad(float* x)\n{\n__shared__ float part[32];\npart[threadIdx.x] = x[0];\n}", "bad");
        nint x = Device.Allocate(4);

        Assert.Equal(IllegalAddress, Gpu.TryLaunch(kernel, 1, 33, x));

        Assert.Contains("thread (32, 0, 0): an index lies outside its array, line 4", Api.Message());
    }

    [RequiresStandInFact]
    public void A_vector_at_an_odd_address_is_misaligned()
    {
        nint kernel = Device.Kernel("extern \"C\" __global__ void bad(float* x) { *(float4*)(x + 1) = make_float4(0, 0, 0, 0); }", "bad");
        nint x = Device.Allocate(64);

        Assert.Equal(Misaligned, Gpu.TryLaunch(kernel, 1, 1, x));
    }

    [RequiresStandInFact]
    public void After_a_fault_and_a_reset_kernels_run_as_before()
    {
        (byte[]? image, string log, _) = Device.Compile("""
            extern "C" __global__ void bad(float* x) { if (threadIdx.x > 100) x[1000] = 1; __syncthreads(); }
            extern "C" __global__ void good(float* x) { __shared__ float s[256]; s[threadIdx.x] = threadIdx.x; __syncthreads(); x[threadIdx.x] = s[255 - threadIdx.x]; }
            """);
        Assert.True(image is not null, log);
        for (int i = 0; i < 3; i++)
        {
            using Device device = new();
            nint module = Device.Load(image), x = Device.Allocate(1024);
            device.Launch(Device.Function(module, "good"), 3, 256, x);
            Assert.Equal(255f, Device.Read<float>(x, 1)[0]);
            Assert.Equal(IllegalAddress, device.TryLaunch(Device.Function(module, "bad"), 1, 256, x));
        }
    }

    [RequiresStandInFact]
    public void Null_references_of_managed_code_are_still_exceptions()
    {
        nint kernel = Device.Kernel("extern \"C\" __global__ void bad(float* x) { x[100] = 1; }", "bad");
        Assert.Equal(IllegalAddress, Gpu.TryLaunch(kernel, 1, 1, Device.Allocate(400)));
        string? nothing = Environment.GetEnvironmentVariable("a variable that is not set");

        Assert.Throws<NullReferenceException>(() => nothing!.Length);
    }

    [RequiresStandInFact]
    public void Null_references_of_other_threads_are_exceptions_while_a_kernel_runs()
    {
        // The handlers of the stand-in are those of the whole process for that time.
        nint kernel = Device.Kernel("extern \"C\" __global__ void turn(float* x) { for (int i = 0; i < 8; i++) { __syncthreads(); x[threadIdx.x] = i; } }", "turn");
        nint x = Device.Allocate(1024);
        string? nothing = Environment.GetEnvironmentVariable("a variable that is not set");
        Task<int> launch = Task.Run(() =>
        {
            Device.Ok(Api.SetCurrent(Gpu.Context));
            return Gpu.TryLaunch(kernel, 300, 256, x);
        });

        do
        {
            Assert.Throws<NullReferenceException>(() => nothing!.Length);
        }
        while (!launch.IsCompleted);

        Device.Ok(launch.Result);
    }

    [RequiresStandInFact]
    public void Wrong_arguments_are_refused()
    {
        nint kernel = Device.Kernel("extern \"C\" __global__ void __launch_bounds__(1 << 6, 2) k(float* x) { }", "k");
        nint x = Device.Allocate(16);

        Assert.Equal(InvalidValue, Gpu.TryLaunch(kernel, 0, 1, x));
        Assert.Equal(InvalidValue, Gpu.TryLaunch(kernel, 1, 0, x));
        Assert.Equal(InvalidValue, Gpu.TryLaunch(kernel, 1, 65, x));
        Assert.Equal(InvalidValue, Gpu.TryLaunch(kernel, 1, 1025, x));
        Assert.Equal(InvalidValue, Gpu.TryLaunch(kernel, (1, 65536, 1), (1, 1, 1), x));
        Assert.Equal(InvalidValue, Api.Synchronize(0));
        Assert.Equal(InvalidValue, Api.Synchronize(x));
        Assert.Equal(InvalidValue, Api.Free(x + 1));
        Assert.Equal(InvalidValue, Api.FreeHost(x));
        Assert.Equal(InvalidValue, Api.Fill32(x, 0, 5, Gpu.Stream));
        byte[] room = new byte[32];
        fixed (byte* host = room)
        {
            Assert.Equal(InvalidValue, Api.ToHost(host, x, 17));
            Assert.Equal(InvalidValue, Api.ToDevice(x, host, 17));
        }

        Device.Ok(Api.Free(x));
        Assert.Equal(InvalidValue, Api.Free(x));
        Device.Ok(Api.Synchronize(Gpu.Stream));
    }

    [RequiresStandInFact]
    public void A_thread_without_a_current_context_is_refused()
    {
        Device.Ok(Api.SetCurrent(0));
        nint x;

        Assert.Equal(201, Api.Allocate(&x, 16));

        Device.Ok(Api.SetCurrent(Gpu.Context));
        Device.Ok(Api.ContextRelease(0));
        Assert.Equal(709, Api.Allocate(&x, 16)); // the last release destroys it
        nint context;
        Device.Ok(Api.ContextRetain(&context, 0));
    }

    [RequiresStandInFact]
    public void A_test_can_make_a_call_fail()
    {
        nint x = 0;
        fixed (byte* name = "cuMemAlloc_v2\0"u8)
        {
            Api.FailNext(name, 2);
            Assert.Equal(2, Api.Allocate(&x, 16));
            Device.Ok(Api.Allocate(&x, 16));
            Api.FailAfter(name, 1, 2);
            Device.Ok(Api.Allocate(&x, 16));
            Assert.Equal(2, Api.Allocate(&x, 16));
            Device.Ok(Api.Allocate(&x, 16));
        }
    }
}
