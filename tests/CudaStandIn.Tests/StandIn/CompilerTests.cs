using System;
using System.IO;
using System.Linq;
using SdCompiler.Cuda.Tests.Harness;
using Xunit;
using Api = SdCompiler.Cuda.Tests.Harness.StandInApi;
using Device = SdCompiler.Cuda.Tests.Harness.StandInDevice;

namespace SdCompiler.Cuda.Tests.StandIn;

/// <summary>Sources become images of bytes that load without their files; what is wrong comes back in the log.</summary>
public sealed unsafe class CompilerTests : IDisposable
{
    private const int CompilationFailed = 6;

    private readonly Device? _device = StandInLibrary.Missing is null ? new Device() : null;

    private Device Gpu => _device!;

    public void Dispose() => _device?.Dispose();

    [RequiresStandInTheory]
    [InlineData("extern \"C\" __global__ void k(float* x)\n{\n    x[0] = missing;\n}", "test.cu:3:12: error: 'missing' was not declared")]
    [InlineData("__global__ void k(float* x) { x[0] = 1; }", "'C' linkage")]
    [InlineData("#include <cuda_runtime.h>\nextern \"C\" __global__ void k(float* x) { }", "cuda_runtime.h")]
    [InlineData("extern \"C\" __global__ void k(float* x) { unknown_function(x); }", "unknown_function")]
    public void Errors_are_in_the_log(string source, string message)
    {
        (byte[]? image, string log, int code) = Device.Compile(source);

        Assert.Equal(CompilationFailed, code);
        Assert.Null(image);
        Assert.Contains(message, log.Replace('‘', '\'').Replace('’', '\'').Replace('"', '\''));
    }

    [RequiresStandInFact]
    public void Macros_are_taken_and_other_options_ignored()
    {
        const string Source = "extern \"C\" __global__ void k(int* x) { x[0] = A + B + C + D; }";
        (byte[]? image, string log, _) = Device.Compile(
            Source, "--gpu-architecture=sm_90", "-DA=1", "-D", "B=20", "--define-macro=C=300", "--define-macro", "D=4000", "--use_fast_math");
        Assert.True(image is not null, log);
        nint x = Device.Allocate(4);

        Gpu.Launch(Device.Function(Device.Load(image), "k"), 1, 1, x);

        Assert.Equal(4321, Device.Read<int>(x, 1)[0]);
    }

    [RequiresStandInFact]
    public void An_image_is_its_bytes_and_leaves_no_file()
    {
        string[] Files() => Directory.GetFileSystemEntries(Path.GetTempPath(), $"sdstandin-{Environment.ProcessId}-*");
        byte[] image = [.. Device.Compile("extern \"C\" __global__ void k(int* x) { __device__ static int calls; x[0] = ++calls; }").Image!];
        nint x = Device.Allocate(4);
        nint first = Device.Load(image), second = Device.Load(image);

        // Two modules of one image are two modules: each has its own variables.
        Gpu.Launch(Device.Function(first, "k"), 1, 2, x);
        Gpu.Launch(Device.Function(second, "k"), 1, 1, x);

        Assert.Equal(1, Device.Read<int>(x, 1)[0]);
        Device.Ok(Api.ModuleUnload(first));
        Device.Ok(Api.ModuleUnload(second));
        Assert.Empty(Files());
        nint module;
        fixed (byte* p = new byte[image.Length])
        {
            Assert.Equal(200, Api.ModuleLoad(&module, p));
        }
    }

    [RequiresStandInFact]
    public void Unknown_kernels_are_not_found()
    {
        nint module = Device.Load(Device.Compile("extern \"C\" __global__ void k(int* x) { }").Image!), function;
        fixed (byte* name = "other\0"u8)
        {
            Assert.Equal(500, Api.ModuleFunction(&function, module, name));
        }
    }

    [RequiresStandInFact]
    public void Arguments_of_any_size_arrive()
    {
        nint kernel = Device.Kernel("""
            struct three { char a, b, c; };
            extern "C" __global__ void
            __launch_bounds__(32)
            k(char a, double b, short c, three d, float e, float4 f, long long g, unsigned char h, double* y)
            {
                y[0] = a; y[1] = b; y[2] = c; y[3] = d.a + 10 * d.b + 100 * d.c; y[4] = e; y[5] = f.x + f.w; y[6] = g; y[7] = h;
            }
            """, "k");
        nint to = Device.Allocate(8 * sizeof(double));
        sbyte a = -3;
        double b = 0.125;
        short c = -300;
        byte* d = stackalloc byte[] { 1, 2, 3 };
        float e = 1.5f;
        float* f = stackalloc float[] { 1, 2, 3, 4 };
        long g = -(1L << 40);
        byte h = 200;
        void** arguments = stackalloc void*[] { &a, &b, &c, d, &e, f, &g, &h, &to };

        Device.Ok(Api.Launch(kernel, 1, 1, 1, 1, 1, 1, 0, Gpu.Stream, arguments, null));

        Assert.Equal([-3, 0.125, -300, 321, 1.5, 5, -(double)(1L << 40), 200], Device.Read<double>(to, 8));
    }

    [RequiresStandInFact]
    public void The_functions_of_the_dialect_compile_and_agree_with_the_host()
    {
        nint kernel = Device.Kernel("""
            __constant__ float table[2] = {0.5f, 2.0f};
            static __device__ __forceinline__ float half_of(float v) { return v * table[0]; }
            __device__ __noinline__ float twice(float v) { return v * table[1]; }
            extern "C" __global__ void k(const float* __restrict__ x, float* y)
            {
                float v = __ldg(x), w = x[1];
                int i = 0;
                y[i++] = expf(v); y[i++] = tanhf(v); y[i++] = sqrtf(v); y[i++] = fmaf(v, w, v); y[i++] = rsqrtf(v);
                y[i++] = fmaxf(v, w); y[i++] = fminf(v, w); y[i++] = logf(v); y[i++] = fabsf(-v); y[i++] = __expf(v);
                y[i++] = __fdividef(v, w); y[i++] = half_of(v); y[i++] = twice(v); y[i++] = (float)exp((double)v);
                y[i++] = min(v, w) + max(1, 2) + min(3u, 4u);
                float inf = __uint_as_float(0x7f800000u);
                y[i++] = isfinite(v) && !isfinite(inf) && isnan(inf - inf) && !isnan(v) && isinf(inf);
                y[i++] = __popc(__float_as_uint(1.0f)) + (float)sizeof(size_t);
                float2 p = *(const float2*)x;
                y[i++] = p.x - p.y;
                __threadfence();
            }
            """, "k");
        const float V = 0.75f, W = 2.5f;
        nint x = Device.Allocate<float>([V, W]), y = Device.Allocate(18 * sizeof(float));

        Gpu.Launch(kernel, 1, 1, x, y);

        float[] expected = [MathF.Exp(V), MathF.Tanh(V), MathF.Sqrt(V), V * W + V, 1 / MathF.Sqrt(V), W, V, MathF.Log(V), V, MathF.Exp(V),
            V / W, V / 2, V * 2, MathF.Exp(V), V + 5, 1, 7 + 8, V - W];
        float[] actual = Device.Read<float>(y, 18);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-6f));
    }
}
