using System;
using System.Linq;
using SdCompiler.Cuda.Tests.Harness;
using Xunit;
using Device = SdCompiler.Cuda.Tests.Harness.StandInDevice;

namespace SdCompiler.Cuda.Tests.StandIn;

/// <summary>The stand-in runs the threads of a block as threads: what they share through barriers and warps is right.</summary>
public sealed class StandInTests : IDisposable
{
    private readonly Device? _device = StandInLibrary.Missing is null ? new Device() : null;

    private Device Gpu => _device!;

    public void Dispose() => _device?.Dispose();

    [RequiresStandInTheory]
    [InlineData(false)]
    [InlineData(true)]
    public unsafe void A_tree_in_shared_memory_sums_a_block(bool reverse)
    {
        StandInApi.SetReverse(reverse ? 1 : 0);
        nint kernel = Device.Kernel("""
            // __global__ void not_a_kernel() is only a comment
            extern "C" __global__ void __launch_bounds__(256)
            sum_blocks(const float* __restrict__ x, float* __restrict__ y)
            {
                __shared__ float part[256];
                int t = threadIdx.x;
                part[t] = x[blockIdx.x * blockDim.x + t];
                __syncthreads();
                for (int half = blockDim.x / 2; half > 0; half /= 2)
                {
                    if (t < half) part[t] += part[t + half];
                    __syncthreads();
                }
                if (t == 0) y[blockIdx.x] = part[0];
            }
            """, "sum_blocks");
        float[] x = [.. Enumerable.Range(0, 5 * 256).Select(i => (float)(i % 97))];
        nint from = Device.Allocate<float>(x), to = Device.Allocate(5 * sizeof(float));

        Gpu.Launch(kernel, 5, 256, from, to);

        Assert.Equal(x.Chunk(256).Select(c => c.Sum()), Device.Read<float>(to, 5));
    }

    [RequiresStandInTheory]
    [InlineData(false)]
    [InlineData(true)]
    public unsafe void A_tile_is_transposed_in_place(bool reverse)
    {
        // Every thread writes what another one reads: run one after another, half of the elements would be lost.
        StandInApi.SetReverse(reverse ? 1 : 0);
        nint kernel = Device.Kernel("""
            extern "C" __global__ void transpose(float* x)
            {
                int i = blockIdx.z * 256 + threadIdx.y * 16 + threadIdx.x, j = blockIdx.z * 256 + threadIdx.x * 16 + threadIdx.y;
                float v = x[j];
                __syncthreads();
                x[i] = v;
            }
            """, "transpose");
        float[] x = [.. Enumerable.Range(0, 2 * 256).Select(i => (float)i)];
        nint at = Device.Allocate<float>(x);

        Device.Ok(Gpu.TryLaunch(kernel, (1, 1, 2), (16, 16, 1), at));

        Assert.Equal(x.Select((_, i) => x[(i & 256) + (i & 15) * 16 + (i & 255) / 16]), Device.Read<float>(at, x.Length));
    }

    [RequiresStandInTheory]
    [InlineData(false)]
    [InlineData(true)]
    public unsafe void Warps_exchange_values(bool reverse)
    {
        StandInApi.SetReverse(reverse ? 1 : 0);
        nint kernel = Device.Kernel("""
            extern "C" __global__ void exchange(int* y)
            {
                int t = threadIdx.x, v = 1000 + t;
                y[t] = __shfl_sync(0xffffffffu, v, t + 5);
                y[64 + t] = __shfl_up_sync(0xffffffffu, v, 3);
                y[128 + t] = __shfl_down_sync(0xffffffffu, v, 3, 8);
                y[192 + t] = __shfl_xor_sync(0xffffffffu, v, 9);
                y[256 + t] = (int)__ballot_sync(0xffffffffu, t % 3 == 0);
                y[320 + t] = __any_sync(0xffffffffu, t == 40);
                y[384 + t] = (int)__shfl_xor_sync(0xffffffffu, (double)v + 0.25, 1);
                y[448 + t] = v;
                __syncwarp();
                y[512 + t] = y[448 + (t ^ 31)];
                if ((t & 1) == 0) y[576 + t] = __shfl_sync(0x55555555u, v, 4);
                else y[576 + t] = __shfl_sync(0xaaaaaaaau, v, 7);
            }
            """, "exchange");
        nint to = Device.Allocate(640 * sizeof(int));

        Gpu.Launch(kernel, 1, 64, to);

        int[] y = Device.Read<int>(to, 640);
        for (int t = 0; t < 64; t++)
        {
            int lane = t & 31, warp = t & 32;
            Assert.Equal(1000 + warp + ((lane + 5) & 31), y[t]);
            Assert.Equal(1000 + (lane < 3 ? t : t - 3), y[64 + t]);
            Assert.Equal(1000 + ((t & 7) + 3 > 7 ? t : t + 3), y[128 + t]);
            Assert.Equal(1000 + (t ^ 9), y[192 + t]);
            Assert.Equal((int)Enumerable.Range(0, 32).Where(l => (warp + l) % 3 == 0).Aggregate(0u, (m, l) => m | (1u << l)), y[256 + t]);
            Assert.Equal(warp == 32 ? 1 : 0, y[320 + t]);
            Assert.Equal(1000 + (t ^ 1), y[384 + t]);
            Assert.Equal(1000 + (t ^ 31), y[512 + t]);
            Assert.Equal(1000 + warp + ((t & 1) == 0 ? 4 : 7), y[576 + t]);
        }
    }

    [RequiresStandInFact]
    public void Threads_that_have_ended_take_no_part_in_a_warp()
    {
        nint kernel = Device.Kernel("""
            extern "C" __global__ void some(unsigned* y)
            {
                int t = threadIdx.x;
                if (t >= 20) return;
                y[t] = __ballot_sync(0xffffffffu, 1);
            }
            """, "some");
        nint to = Device.Allocate(20 * sizeof(uint));

        Gpu.Launch(kernel, 1, 48, to);

        Assert.All(Device.Read<uint>(to, 20), v => Assert.Equal((1u << 20) - 1, v));
    }

    [RequiresStandInFact]
    public void Sums_across_blocks_are_atomic()
    {
        nint kernel = Device.Kernel("""
            extern "C" __global__ void count(float* f, int* i, unsigned* u, double* d, int* most)
            {
                atomicAdd(f, 0.5f);
                atomicAdd(i, -1);
                atomicAdd(u, 2u);
                atomicAdd(d, 0.25);
                atomicMax(most, (int)(blockIdx.x * blockDim.x + threadIdx.x) % 700);
            }
            """, "count");
        nint f = Device.Allocate<float>([0f]), i = Device.Allocate<int>([0]), u = Device.Allocate<uint>([0]), d = Device.Allocate<double>([0.0]), most = Device.Allocate<int>([-1]);

        Gpu.Launch(kernel, 10, 100, f, i, u, d, most);

        Assert.Equal(500f, Device.Read<float>(f, 1)[0]);
        Assert.Equal(-1000, Device.Read<int>(i, 1)[0]);
        Assert.Equal(2000u, Device.Read<uint>(u, 1)[0]);
        Assert.Equal(250.0, Device.Read<double>(d, 1)[0]);
        Assert.Equal(699, Device.Read<int>(most, 1)[0]);
    }

    [RequiresStandInFact]
    public void Grids_and_blocks_have_three_dimensions()
    {
        nint kernel = Device.Kernel("""
            extern "C" __global__ void where(int* y)
            {
                int b = blockIdx.x + gridDim.x * (blockIdx.y + gridDim.y * blockIdx.z);
                int t = threadIdx.x + blockDim.x * (threadIdx.y + blockDim.y * threadIdx.z);
                y[b * blockDim.x * blockDim.y * blockDim.z + t] = blockIdx.z * 100000 + blockIdx.y * 10000 + blockIdx.x * 1000 + threadIdx.z * 100 + threadIdx.y * 10 + threadIdx.x;
            }
            """, "where");
        nint to = Device.Allocate(2 * 3 * 4 * 5 * 3 * 2 * sizeof(int));

        Device.Ok(Gpu.TryLaunch(kernel, (2, 3, 4), (5, 3, 2), to));

        int[] expected = [.. from b in Enumerable.Range(0, 2 * 3 * 4)
                             from t in Enumerable.Range(0, 5 * 3 * 2)
                             select b / 6 * 100000 + b / 2 % 3 * 10000 + b % 2 * 1000 + t / 15 * 100 + t / 5 % 3 * 10 + t % 5];
        Assert.Equal(expected, Device.Read<int>(to, 720));
    }

    [RequiresStandInFact]
    public unsafe void Shared_bytes_are_those_of_the_kernel()
    {
        nint module = Device.Load(Device.Compile("""
            extern "C" __global__ void small(float* y) { __shared__ float a[8]; a[threadIdx.x] = y[0]; __syncthreads(); y[0] = a[1]; }
            extern "C" __global__ void none(float* y) { y[0] = 1; }
            extern "C" __global__ void __launch_bounds__(128)
            large(float* y) { __shared__ float a[12000]; __shared__ float b[8]; a[threadIdx.x] = y[0]; b[threadIdx.x & 7] = y[0]; __syncthreads(); y[0] = a[1] + b[1]; }
            """).Image!);
        int[] shared = new int[3], threads = new int[3];
        for (int i = 0; i < 3; i++)
        {
            nint function = Device.Function(module, ((string[])["small", "none", "large"])[i]);
            fixed (int* s = &shared[i], t = &threads[i])
            {
                Device.Ok(StandInApi.FunctionAttribute(s, 1, function));
                Device.Ok(StandInApi.FunctionAttribute(t, 0, function));
            }
        }

        Assert.Equal([32, 0, 48032], shared);
        Assert.Equal([1024, 1024, 128], threads);
    }

    [RequiresStandInFact]
    public unsafe void More_shared_memory_than_a_block_may_have_is_refused()
    {
        byte[] image = Device.Compile("extern \"C\" __global__ void k(float* y) { __shared__ float a[12289]; a[threadIdx.x] = y[0]; y[0] = a[1]; }").Image!;
        nint module;
        fixed (byte* p = image)
        {
            Assert.Equal(200, StandInApi.ModuleLoad(&module, p));
        }
    }

    [RequiresStandInFact]
    public void Shared_and_new_memory_is_not_a_number_until_it_is_written()
    {
        nint kernel = Device.Kernel("""
            extern "C" __global__ void leak(float* y)
            {
                __shared__ float kept[2];
                y[2 * blockIdx.x + 1] = kept[1];
                kept[1] = 7.0f;
            }
            """, "leak");
        nint to = Device.Allocate(4 * sizeof(float));

        Gpu.Launch(kernel, 2, 1, to);

        Assert.All(Device.Read<float>(to, 4), v => Assert.True(float.IsNaN(v)));
    }
}
