using System;
using System.IO;
using SdCompiler.Cuda.Tests.Harness;
using SdCompiler.Runtime.Cuda;
using Xunit;

namespace SdCompiler.Cuda.Tests;

public sealed class CudaModuleTests : IDisposable
{
    private const string Source = "extern \"C\" __global__ void set(int* p) { *p = VALUE; }\n";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [RequiresStandInFact]
    public void AKernelKnowsItself()
    {
        using CudaModule module = TestKernels.Compile(TestDevice.Open());
        CudaFunction function = module.Function("shared_sum");
        Assert.Equal("shared_sum", function.Name);
        Assert.NotEqual(0, function.Handle);
        Assert.InRange(function.SharedBytes, 256, 1024);
        Assert.InRange(function.Registers, 0, 255);
        module.Dispose();
        Assert.Throws<ObjectDisposedException>(() => function.Handle);
        Assert.Throws<ObjectDisposedException>(() => module.Function("shared_sum"));
    }

    [RequiresStandInFact]
    public void ASecondTimeComesFromDisk()
    {
        var cache = new KernelCache(folder.Path);
        Assert.Equal(7, Value(cache, 7, fromCache: false));
        long compilations = StandInControl.Compilations();
        Assert.Equal(7, Value(cache, 7, fromCache: true));
        Assert.Equal(compilations, StandInControl.Compilations());

        // Another option is another image.
        Assert.Equal(8, Value(cache, 8, fromCache: false));
        Assert.Equal(7, Value(cache, 7, fromCache: true));
    }

    [RequiresStandInFact]
    public void ADamagedEntryIsCompiledAgainAndReplaced()
    {
        var cache = new KernelCache(folder.Path);
        Value(cache, 7, fromCache: false);
        string path = Assert.Single(Directory.GetFiles(folder.Path));
        byte[] whole = File.ReadAllBytes(path);
        foreach (byte[] damaged in new byte[][] { [], whole[..^1], [.. whole[..^1], (byte)~whole[^1]] })
        {
            File.WriteAllBytes(path, damaged);
            Assert.Equal(7, Value(cache, 7, fromCache: false));
            Assert.Equal(7, Value(cache, 7, fromCache: true));
        }
    }

    [RequiresStandInFact]
    public void AnImageThatTheDriverRefusesIsCompiledAgainAndReplaced()
    {
        var cache = new KernelCache(folder.Path);
        Value(cache, 7, fromCache: false);
        string key = Path.GetFileNameWithoutExtension(Assert.Single(Directory.GetFiles(folder.Path)));
        cache.Write(key, new byte[64]);
        Assert.Equal(7, Value(cache, 7, fromCache: false));
        Assert.Equal(7, Value(cache, 7, fromCache: true));
    }

    [RequiresStandInFact]
    public void AFolderThatCannotBeWrittenIsNoError()
    {
        string file = folder.File("file");
        File.WriteAllText(file, "");
        var cache = new KernelCache(Path.Combine(file, "below"));
        Assert.Equal(7, Value(cache, 7, fromCache: false));
        Assert.Equal(7, Value(cache, 7, fromCache: false));
    }

    [RequiresStandInFact]
    public void TheEnvironmentNamesTheFolder()
    {
        CudaDevice device = TestDevice.Open();
        string? before = Environment.GetEnvironmentVariable(KernelCache.Variable);
        try
        {
            Environment.SetEnvironmentVariable(KernelCache.Variable, folder.Path);
            CudaModule.Compile(device, "set.cu", Source, ["-DVALUE=1"]).Dispose();
            Assert.Single(Directory.GetFiles(folder.Path, "*.cubin"));
        }
        finally
        {
            Environment.SetEnvironmentVariable(KernelCache.Variable, before);
        }
    }

    [RequiresStandInFact]
    public void AnErrorInTheSourceComesWithTheCompilersLines()
    {
        const string Wrong = "extern \"C\" __global__ void f(int* p)\n{\n    *p = nowhere;\n}\n";
        var cache = new KernelCache(folder.Path);
        CudaException e = Assert.Throws<CudaException>(() => CudaModule.Compile(TestDevice.Open(), "wrong.cu", Wrong, ["-DX=1"], cache));
        Assert.Equal(6, e.Status);
        Assert.StartsWith(
            "nvrtcCompileProgram failed for 'wrong.cu': NVRTC_ERROR_COMPILATION (6), with --gpu-architecture=sm_90 --std=c++17 -DX=1.", e.Message, StringComparison.Ordinal);
        Assert.Contains("wrong.cu:3", e.Message, StringComparison.Ordinal);
        Assert.Contains("nowhere", e.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [RequiresStandInFact]
    public void AnOptionThatNvrtcDoesNotKnowSaysWhichNvrtcItIs()
    {
        CudaDevice device = TestDevice.Open();
        StandInControl.FailNext("nvrtcCompileProgram", 5);
        CudaException e = Assert.Throws<CudaException>(() => TestKernels.Compile(device, new KernelCache(null)));
        Assert.Contains("NVRTC_ERROR_INVALID_OPTION (5)", e.Message, StringComparison.Ordinal);
        Assert.Contains("NVRTC 13.0 may be too old for this device", e.Message, StringComparison.Ordinal);
    }

    [RequiresStandInFact]
    public void AFreshImageThatTheDriverRefusesIsAnError()
    {
        CudaDevice device = TestDevice.Open();
        StandInControl.FailNext("cuModuleLoadData", 222);
        CudaException e = Assert.Throws<CudaException>(() => TestKernels.Compile(device, new KernelCache(null)));
        Assert.Equal(222, e.Status);
        Assert.Contains("update the NVIDIA driver", e.Message, StringComparison.Ordinal);
    }

    [RequiresStandInFact]
    public void AKernelThatIsNotThereIsNamed()
    {
        using CudaModule module = TestKernels.Compile(TestDevice.Open());
        CudaException e = Assert.Throws<CudaException>(() => module.Function("nothing"));
        Assert.Equal(500, e.Status);
        Assert.StartsWith("cuModuleGetFunction failed: 'test.cu' has no kernel 'nothing', CUDA_ERROR_NOT_FOUND", e.Message, StringComparison.Ordinal);
    }

    private static int Value(KernelCache cache, int value, bool fromCache)
    {
        CudaDevice device = TestDevice.Open();
        using CudaModule module = CudaModule.Compile(device, "set.cu", Source, [$"-DVALUE={value}"], cache);
        Assert.Equal(fromCache, module.FromCache);
        using var stream = new CudaStream(device);
        using var buffer = new DeviceBuffer(device, sizeof(int));
        CudaLaunch.Run(stream, module.Function("set"), 1, 1, 1, buffer);
        stream.Synchronize();
        int[] read = new int[1];
        buffer.Download<int>(read);
        return read[0];
    }
}
