using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using SdCompiler.Cuda.Tests.Harness;
using SdCompiler.Runtime.Cuda;
using SdCompiler.Trainer.Tests.Harness;
using Xunit;

namespace SdCompiler.Cuda.Tests.Trainers;

/// <summary>What the emitted CUDA says of itself is true: shared memory, threads, launches and bytes of a cell; and clang takes it as device code.</summary>
public sealed class EmittedSourceTests
{
    [RequiresStandInFact]
    public void The_table_gives_each_kernels_shared_memory()
    {
        using HostedTrainer trainer = CudaModels.OnCuda(CudaModels.Create());
        CudaProgram program = ((CudaStepEngine)trainer.Trainer.Core.Engine).Program;
        (string Name, int Shared)[] rows = Table();
        Assert.Contains(rows, row => row.Name == "cell_forward_Lower");
        foreach ((string name, int shared) in rows)
        {
            Assert.Equal(shared, program.Kernel(name).SharedBytes);
            Assert.InRange(shared, 0, 48 * 1024);
        }
    }

    [RequiresStandInFact]
    public void Every_kernel_has_blocks_of_256_threads_and_stands_in_the_table()
    {
        string[] kernels = Kernels(Body("Structured")).ToArray();
        Assert.True(CudaProgram.BlockThreads >= 128);
        Assert.Equal(kernels.Order(StringComparer.Ordinal), Table().Select(row => row.Name).Order(StringComparer.Ordinal));
        Assert.Equal(kernels.Length, Regex.Count(Body("Structured"), @"__launch_bounds__\(256\)"));
    }

    [RequiresStandInFact]
    public void A_cell_has_one_launch_forward_and_two_backward()
    {
        using HostedTrainer trainer = CudaModels.OnCuda(CudaModels.Create());
        var engine = (CudaStepEngine)trainer.Trainer.Core.Engine;
        trainer.Step(CudaModels.Window(0));
        int five = engine.RecordedLaunches;
        trainer.Step(CudaModels.Window(2));
        int three = engine.RecordedLaunches;

        // Two layers, two steps fewer: whatever else a step launches does not depend on its length.
        Assert.Equal(2 * 2 * (1 + 2), five - three);
        Assert.Equal(2, Regex.Count(Body("Structured"), "forward 1 launch,"));
        Assert.Equal(2, Regex.Count(Body("Structured"), "backward 2 launches,"));
    }

    [RequiresStandInFact]
    public void The_bytes_of_a_cell_are_those_of_its_arrays()
    {
        // Lower: 12 units, so 16 with padding; 64 columns of gates, 4 rows. Forward: gates in and out, h and c before and after. Backward adds a third pass over the gates.
        const int B = 4, G = 64, H = 12;
        string line = Body("Structured").Split('\n').Single(text => text.Contains("// A cell of Lower:", StringComparison.Ordinal));
        Assert.Contains($"k*{4 * G} bytes of Wh and {4 * B * ((2 * G) + (4 * H))} of gates and state; backward", line, StringComparison.Ordinal);
        Assert.Contains($"{4 * B * ((3 * G) + (7 * H))} of gates and state; k of {H} units kept.", line, StringComparison.Ordinal);
    }

    [RequiresClangFact]
    public void Clang_compiles_every_kernel_as_device_code()
    {
        string folder = Directory.CreateTempSubdirectory("sdcompiler-clang-").FullName;
        try
        {
            using CompiledModels others = CompiledModels.Compile(CudaModels.Branches, CudaModels.Label);
            string[] sources = [.. others.GeneratedSources.Append(CudaModels.Source).SelectMany(Sources)];
            Assert.Equal(3 + 1 + 1, sources.Length); // Language has three bodies: Dense shares that of Structured
            for (int i = 0; i < sources.Length; i++)
            {
                string file = Path.Combine(folder, i + ".cu");
                string source = sources[i];
                File.WriteAllText(file, Prelude + source);
                ProcessStartInfo start = new(RequiresClangFactAttribute.Clang!, ["-x", "cuda", "--cuda-device-only", "-nocudainc", "-nocudalib", "--cuda-gpu-arch=sm_80", "-O2", "-std=c++17", "-DCLASSES=23", "-DPADDED=32", "-S", "-o", file + ".ptx", file])
                {
                    RedirectStandardError = true,
                };
                using Process process = Process.Start(start)!;
                string errors = process.StandardError.ReadToEnd();
                process.WaitForExit();
                Assert.True(process.ExitCode == 0, errors);
                string ptx = File.ReadAllText(file + ".ptx");
                foreach (string kernel in Kernels(source))
                {
                    Assert.Contains($".entry {kernel}(", ptx, StringComparison.Ordinal);
                }

                // Sums of a tile stay in registers: an array in local memory would cost more than the product.
                Assert.DoesNotContain(".local .align", ptx, StringComparison.Ordinal);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>What NVRTC declares without a header, for a compiler that does not.</summary>
    private const string Prelude = """
        #define __global__ __attribute__((global))
        #define __device__ __attribute__((device))
        #define __shared__ __attribute__((shared))
        #define __forceinline__ __inline__ __attribute__((always_inline))
        #define __launch_bounds__(n) __attribute__((launch_bounds(n)))
        struct place { unsigned x, y, z; };
        extern const __device__ place threadIdx, blockIdx;
        extern "C" __device__ float expf(float), tanhf(float), sqrtf(float), fmaf(float, float, float);
        extern "C" __device__ double log(double), sqrt(double);
        __device__ void __syncthreads();
        __device__ float __shfl_xor_sync(unsigned, float, int);
        __device__ double __shfl_xor_sync(unsigned, double, int);
        __device__ __forceinline__ float __uint_as_float(unsigned bits) { return __builtin_bit_cast(float, bits); }

        """;

    /// <summary>The part of the emitted file that is one variant's CUDA body.</summary>
    private static string Body(string variant)
    {
        string text = CudaModels.Source;
        int start = text.IndexOf($"The training body of {variant}", text.IndexOf("for CUDA.", StringComparison.Ordinal) - 100, StringComparison.Ordinal);
        int end = text.IndexOf("protected override void Backward(", start, StringComparison.Ordinal);
        return text[start..end];
    }

    /// <summary>The CUDA C of every body of an emitted file, as it is compiled: behind what all bodies of the model share.</summary>
    private static IEnumerable<string> Sources(string emitted)
    {
        string[] texts = [.. Regex.Matches(emitted, "string Kernels = \"\"\"(.*?)\"\"\"", RegexOptions.Singleline).Select(match => match.Groups[1].Value)];
        return texts.Skip(1).Select(text => texts[0] + text);
    }

    private static IEnumerable<string> Kernels(string source) =>
        Regex.Matches(source, @"__launch_bounds__\(256\) (\w+)\(").Select(match => match.Groups[1].Value);

    private static (string Name, int Shared)[] Table() => Regex.Matches(Body("Structured"), @"^\s*//   (\w+) {2,}.*?  (\d+)  +\S", RegexOptions.Multiline)
        .Select(match => (match.Groups[1].Value, int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture)))
        .ToArray();
}
