using System;
using System.IO;
using SdCompiler.Cuda.Tests;
using SdCompiler.Cuda.Tests.Harness;
using SdCompiler.Runtime.Cuda;
using TorchSharp;
using TorchSharp.Doubles;
using Xunit;

namespace SdCompiler.Torch.Tests;

/// <summary>libtorch's C ABI and its folder: what is found, and what is said where something is not.</summary>
public sealed class LibtorchTests
{
    [Fact]
    public void A_missing_function_is_named_with_what_it_needs()
    {
        using LibtorchScope scope = new((library, name) => 0);
        EntryPointNotFoundException error = Assert.Throws<EntryPointNotFoundException>(() => LibtorchAbi.SetStream(0, 0));
        Assert.Contains("'torch_set_current_cuda_stream' is not in", error.Message, StringComparison.Ordinal);
        Assert.Contains("torch_cuda", error.Message, StringComparison.Ordinal);
        Assert.Contains("needs libtorch 2.10", error.Message, StringComparison.Ordinal);
        Assert.Contains("aoti_torch_get_current_cuda_stream", Assert.Throws<EntryPointNotFoundException>(() => LibtorchAbi.CurrentStream(0)).Message, StringComparison.Ordinal);
        Assert.Contains("torch_cpu", Assert.Throws<EntryPointNotFoundException>(() => LibtorchAbi.View(0, [1], 0)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failed_call_is_named_with_its_status()
    {
        using LibtorchScope scope = new();
        Libtorch.Status = 1;
        Assert.Contains("'torch_set_current_cuda_stream' failed (status 1)", Assert.Throws<InvalidOperationException>(() => LibtorchAbi.SetStream(0, 0)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_libtorch_the_message_says_where_it_was_looked_for()
    {
        // No package with libtorch is in this application.
        DllNotFoundException error = Assert.Throws<DllNotFoundException>(() => TorchLibraries.Use());
        Assert.Contains(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory), error.Message, StringComparison.Ordinal);
        Assert.Contains("TorchSharp-cuda-linux", error.Message, StringComparison.Ordinal);
        error = Assert.Throws<DllNotFoundException>(() => LibtorchAbi.CurrentStream(0));
        Assert.Contains("looked in", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_folder_with_libtorch_is_given_to_the_CUDA_backend()
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "runtimes", TorchLibraries.RuntimeIdentifier, "native");
        Directory.CreateDirectory(folder);
        string file = Path.Combine(folder, TorchLibraries.FileName("torch_cpu"));
        File.WriteAllBytes(file, []);
        try
        {
            Assert.Equal([folder], TorchLibraries.Use());
            Assert.Contains(folder, NativeLibraries.AddedFolders);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [RequiresStandInFact]
    public void Torch_works_on_our_stream_until_it_is_given_its_own_back()
    {
        CudaDevice device = TestDevice.Open();
        using LibtorchScope scope = new(onStandIn: true);
        using CudaStream torchs = new(device);
        using CudaStream ours = new(device);
        Libtorch.Stream = torchs.Handle;
        Assert.Equal(torchs.Handle, TorchStream.Current(device).Handle);
        using (TorchStream use = TorchStream.Use(ours))
        {
            Assert.Equal(ours.Handle, Libtorch.Stream);
            Assert.Same(ours, use.Stream);
            TorchStream.WaitForTorch(ours); // one stream: nothing to wait for
        }

        Assert.Equal(torchs.Handle, Libtorch.Stream);
        torchs.Synchronize(); // still torch's
    }

    [RequiresStandInFact]
    public void Work_on_one_side_of_the_border_comes_before_that_on_the_other()
    {
        CudaDevice device = TestDevice.Open();
        using LibtorchScope scope = new(onStandIn: true);
        using CudaStream torchs = new(device);
        using CudaStream ours = new(device);
        using DeviceBuffer buffer = new(device, 8);
        Libtorch.Stream = torchs.Handle;
        buffer.Upload<int>([1, 2]);

        // A capture follows every wait: our work is recorded only if our stream waits for torch's, and the capture ends only if torch's waits for ours.
        using CudaGraph graph = CudaGraph.Capture(torchs, () =>
        {
            TorchStream.WaitForTorch(ours);
            buffer.Clear(ours);
            TorchStream.LetTorchWait(ours);
        });
        Assert.Equal([1, 2], StandInDevice.Read<int>(buffer.Pointer, 2));
        graph.Launch(torchs);
        torchs.Synchronize();
        Assert.Equal([0, 0], StandInDevice.Read<int>(buffer.Pointer, 2));
    }

    [Fact]
    public void A_trainer_of_the_CPU_has_no_stream()
    {
        using CompiledTrainer compiled = new();
        Assert.Contains("runs on the CPU", Assert.Throws<ArgumentException>(() => TorchStream.Use(compiled.Trainer)).Message, StringComparison.Ordinal);
        Assert.Contains("runs on the CPU", Assert.Throws<InvalidOperationException>(() => new TorchModule(compiled.Trainer).DeviceTensors).Message, StringComparison.Ordinal);
    }
}
