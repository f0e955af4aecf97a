using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using SdCompiler.Runtime.Cuda;
using SdCompiler.Trainer.Tests.Harness;
using SdCompiler.Trainer.Tests.Reference;
using TorchSharp;
using Xunit;

namespace SdCompiler.Torch.Tests;

/// <summary>What only the real package can show; compiled with -p:RealTorchSharp=true.</summary>
public sealed class PackageTests
{
    [Fact]
    public void The_folder_of_libtorch_is_found()
    {
        IReadOnlyList<string> folders = TorchLibraries.Use();
        Assert.All(folders, folder => Assert.True(File.Exists(Path.Combine(folder, TorchLibraries.FileName("torch_cpu")))));
        Assert.All(folders, folder => Assert.Contains(folder, NativeLibraries.AddedFolders));
    }

    [Fact]
    public unsafe void A_tensor_over_foreign_memory_has_its_shape_and_numbers()
    {
        // The parameters of LibtorchAbi.View, on the CPU (device type 0): their order is what is tested.
        using torch.Tensor first = torch.zeros(1, 1); // libtorch is loaded now
        var create = (delegate* unmanaged<nint, long, long*, long*, long, int, int, int, nint*, int>)LibtorchAbi.Lookup("torch_cpu", "aoti_torch_create_tensor_from_blob");
        Assert.False(create is null);
        float* numbers = stackalloc float[] { 1, 2, 3, 4, 5, 6 };
        long* sizes = stackalloc long[] { 3, 2 };
        long* strides = stackalloc long[] { 2, 1 };
        nint handle;
        Assert.Equal(0, create((nint)numbers, 2, sizes, strides, 0, (int)torch.ScalarType.Float32, (int)DeviceType.CPU, 0, &handle));
        using torch.Tensor tensor = torch.Tensor.UnsafeCreateTensor(handle);
        Assert.Equal([3L, 2L], tensor.shape);
        Assert.Equal(torch.ScalarType.Float32, tensor.dtype);
        numbers[3] = 9;
        Assert.Equal([1f, 2, 3, 9, 5, 6], TensorValues.Read(tensor));
    }

    [Fact]
    public void Weights_load_into_modules_of_torch_and_give_the_same_outputs()
    {
        using CompiledTrainer compiled = new();
        Dictionary<string, torch.Tensor> weights = new TorchModule(compiled.Trainer).state_dict();
        using var upper = torch.nn.LSTM(7, 9, numLayers: 2);
        upper.load_state_dict(weights.Where(item => item.Key.StartsWith("Upper.", StringComparison.Ordinal)).ToDictionary(item => item.Key[6..], item => item.Value));
        using var lower = torch.nn.LSTM(6, 7);
        lower.load_state_dict(weights.Where(item => item.Key.StartsWith("Lower.", StringComparison.Ordinal)).ToDictionary(item => item.Key[6..], item => item.Value));
        (torch.Tensor inputs, torch.Tensor targets) = compiled.Tensors(seed: 11);
        torch.Tensor x = weights["Words.weight"].index_select(0, inputs.to_type(torch.ScalarType.Int64).reshape(20)).reshape(5, 4, 6);
        torch.Tensor y = upper.call(lower.call(x).Item1).Item1;
        torch.Tensor logits = torch.nn.functional.linear(y, weights["Next.weight"], weights["Next.bias"]);
        double loss = torch.nn.functional.cross_entropy(logits.reshape(20, 11), targets.to_type(torch.ScalarType.Int64).reshape(20), reduction: torch.nn.Reduction.Sum).item<float>();
        Evaluation evaluation = new TorchModule(compiled.Trainer).Evaluate(inputs, targets);
        Assert.Equal(loss, evaluation.TotalLoss, 1e-5 * loss);
    }

    [Fact]
    public void Weights_of_modules_of_torch_load_into_a_model()
    {
        using CompiledTrainer compiled = new();
        TorchModule module = new(compiled.Trainer);
        Dictionary<string, torch.Tensor> weights = module.state_dict();
        using var lower = torch.nn.LSTM(6, 7);
        foreach ((string name, torch.Tensor value) in lower.state_dict())
        {
            weights["Lower." + name] = value; // with gradients wanted, and a second bias that is not zero
        }

        module.load_state_dict(weights);
        (torch.Tensor inputs, torch.Tensor targets) = compiled.Tensors(seed: 11);
        using TorchReferenceTrainer reference = TorchReferenceTrainer.Of(compiled.Trainer);
        double loss = module.Evaluate(inputs, targets).TotalLoss;
        Assert.Equal(loss / 4, reference.Backward(inputs, targets), 1e-5 * loss);
    }

    [Fact]
    public void A_step_leaves_no_tensor_behind()
    {
        using CompiledTrainer compiled = new();
        using TorchReferenceTrainer reference = TorchReferenceTrainer.Of(compiled.Trainer);
        (torch.Tensor inputs, torch.Tensor targets) = compiled.Tensors(seed: 5);
        reference.Step(inputs, targets);
        compiled.Trainer.Step(inputs, targets);
        long before = torch.Tensor.TotalCount;
        reference.Step(inputs, targets);
        compiled.Trainer.Step(inputs, targets);
        using (torch.NewDisposeScope())
        {
            TorchModule module = new(compiled.Trainer);
            module.load_state_dict(module.state_dict());
        }

        Assert.Equal(before, torch.Tensor.TotalCount);
    }

    [Fact]
    public void Without_CUDA_the_message_says_so()
    {
        DllNotFoundException error = Assert.Throws<DllNotFoundException>(() => LibtorchAbi.CurrentStream(0));
        Assert.Contains("TorchSharp-cuda-linux", error.Message, StringComparison.Ordinal);
    }
}
