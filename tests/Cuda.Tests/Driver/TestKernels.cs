using System.IO;
using SdCompiler.Cuda.Tests.Harness;
using SdCompiler.Runtime.Cuda;

namespace SdCompiler.Cuda.Tests;

/// <summary>A few small kernels, for all tests of the driver layer.</summary>
internal static class TestKernels
{
    public const string Source = """
        extern "C" __global__ void add_scaled(float* y, const float* x, float scale, int n)
        {
            int i = blockIdx.x * blockDim.x + threadIdx.x;
            if (i < n) y[i] += scale * x[i];
        }

        extern "C" __global__ void arguments(long long* out, const void* p, int i, unsigned u, long long l, float f)
        {
            out[0] = (long long)p; out[1] = i; out[2] = u; out[3] = l; out[4] = (long long)(f * 4);
        }

        extern "C" __global__ void places(int* out)
        {
            out[(blockIdx.y * gridDim.x + blockIdx.x) * blockDim.x + threadIdx.x] = 100 * blockIdx.y + 10 * blockIdx.x + threadIdx.x;
        }

        extern "C" __global__ void shared_sum(float* out, const float* x)
        {
            __shared__ float part[64];
            part[threadIdx.x] = x[threadIdx.x];
            __syncthreads();
            if (threadIdx.x == 0) { float s = 0; for (int i = 0; i < 64; i++) s += part[i]; *out = s; }
        }
        """;

    /// <summary>Compiled once for each build of the stand-in: the images lie beside it, in a folder that its hash names.</summary>
    public static CudaModule Compile(CudaDevice device) =>
        Compile(device, new KernelCache(Path.Combine(Path.GetDirectoryName(StandInLibrary.Path)!, "kernels")));

    public static CudaModule Compile(CudaDevice device, KernelCache cache) => CudaModule.Compile(device, "test.cu", Source, [], cache);
}
