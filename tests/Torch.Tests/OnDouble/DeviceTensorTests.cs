using System;
using System.Collections.Generic;
using System.Linq;
using SdCompiler.Cuda.Tests;
using SdCompiler.Cuda.Tests.Harness;
using SdCompiler.Runtime.Cuda;
using TorchSharp;
using TorchSharp.Doubles;
using Xunit;

namespace SdCompiler.Torch.Tests;

/// <summary>Views of a CUDA trainer's memory, on the stand-in for the driver.</summary>
public sealed class DeviceTensorTests
{
    [RequiresStandInFact]
    public void Views_read_what_the_trainer_has()
    {
        TestDevice.Open();
        using LibtorchScope scope = new(onStandIn: true);
        using CompiledTrainer compiled = new(optimizer: new Sgd { LearningRate = 0.5 }, backend: Backends.Cuda);
        TorchModule module = new(compiled.Trainer);
        IReadOnlyList<DeviceTensor> before = module.DeviceTensors; // before the first step: what was uploaded for the view
        Same(compiled, before);
        Assert.Equal(["Words.weight"], before.Where(tensor => tensor.IsPlain).Select(tensor => tensor.Name));
        Assert.Equal([7L, 32L], before.Single(tensor => tensor.Name == "Lower.weight_hh_l0").Raw.shape);
        Assert.All(before, tensor => Assert.Equal(DeviceType.CUDA, tensor.Raw.device_type));
        using CudaStream torchs = new(CudaDevice.Open(0));
        Libtorch.Stream = torchs.Handle;
        int[] first = compiled.Model.Bits();
        (torch.Tensor inputs, torch.Tensor targets) = compiled.Tensors(seed: 3);
        module.Step(inputs, targets);
        using CompiledTrainer onCpu = new(optimizer: new Sgd { LearningRate = 0.5 });
        double expected = onCpu.Trainer.Step(inputs, targets);
        Assert.Equal(expected, compiled.Trainer.LastTotalLoss / 4, 1e-5 * expected);
        Same(compiled, before); // the same views, after the step
        Assert.NotEqual(first, compiled.Model.Bits());
    }

    [RequiresStandInFact]
    public void New_values_reach_the_views()
    {
        TestDevice.Open();
        using LibtorchScope scope = new(onStandIn: true);
        using CompiledTrainer compiled = new(optimizer: new Sgd { LearningRate = 0.5 }, backend: Backends.Cuda);
        TorchModule module = new(compiled.Trainer);
        (torch.Tensor inputs, torch.Tensor targets) = compiled.Tensors(seed: 3);
        module.Step(inputs, targets);
        Dictionary<string, torch.Tensor> other = new TorchModule(compiled.Another().Parameters).state_dict();
        module.load_state_dict(other);
        foreach (DeviceTensor tensor in module.DeviceTensors)
        {
            using (tensor)
            {
                Assert.Equal(TensorValues.Read(other[tensor.Name]), TensorValues.Read(tensor.Gather()));
            }
        }
    }

    [RequiresStandInFact]
    public unsafe void A_step_waits_for_torch_once_torch_sees_the_weights()
    {
        CudaDevice device = TestDevice.Open();
        using LibtorchScope scope = new(onStandIn: true);
        using CompiledTrainer compiled = new(backend: Backends.Cuda);
        using CudaStream torchs = new(device);
        Libtorch.Stream = torchs.Handle;
        TorchModule module = new(compiled.Trainer);
        (torch.Tensor inputs, torch.Tensor targets) = compiled.Tensors(seed: 3);
        fixed (byte* wait = "cuStreamWaitEvent\0"u8)
        {
            StandInApi.FailNext(wait, 999);
            module.Step(inputs, targets); // does not call it
            Assert.NotEmpty(module.DeviceTensors);
            Assert.Equal(999, Assert.Throws<CudaException>(() => module.Step(inputs, targets)).Status);
        }

        module.Step(inputs, targets);
        Assert.Equal(2, compiled.Trainer.StepCount);
    }

    [RequiresStandInFact]
    public void Tokens_of_a_device_are_refused()
    {
        using LibtorchScope scope = new(onStandIn: true);
        using CompiledTrainer compiled = new();
        torch.Tensor inputs = torch.tensor(new int[20], [5, 4], device: new torch.Device(DeviceType.CUDA, 0));
        ArgumentException error = Assert.Throws<ArgumentException>(() => compiled.Trainer.Step(inputs, torch.tensor(new int[20], [5, 4])));
        Assert.Contains("inputs.cpu()", error.Message, StringComparison.Ordinal);
    }

    private static void Same(CompiledTrainer compiled, IReadOnlyList<DeviceTensor> tensors)
    {
        Dictionary<string, double[]> values = compiled.Model.Values();
        Assert.Equal(values.Keys, tensors.Select(tensor => tensor.Name));
        foreach (DeviceTensor tensor in tensors)
        {
            using torch.Tensor gathered = tensor.Gather();
            Assert.Equal(DeviceType.CUDA, gathered.device_type);
            Assert.Equal(ParameterTensors.Shape(compiled.Trainer.Parameters[tensor.Name]), gathered.shape);
            Assert.Equal(Array.ConvertAll(values[tensor.Name], value => (float)value), TensorValues.Read(gathered));
        }
    }
}
