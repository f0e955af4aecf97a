using System;
using System.Collections.Generic;
using System.Linq;
using SdCompiler.Trainer.Tests.Harness;
using TorchSharp;
using Xunit;

namespace SdCompiler.Torch.Tests;

/// <summary>Weights as a state dictionary: names, shapes and numbers, there and back, and what is wrong with one.</summary>
public sealed class StateDictTests
{
    [Fact]
    public void Names_and_shapes_are_those_of_PyTorch()
    {
        using CompiledTrainer compiled = new();
        Dictionary<string, torch.Tensor> weights = new TorchModule(compiled.Trainer).state_dict();
        Assert.Equal([11L, 6L], weights["Words.weight"].shape);
        Assert.Equal([28L, 6L], weights["Lower.weight_ih_l0"].shape);
        Assert.Equal([28L, 7L], weights["Lower.weight_hh_l0"].shape);
        Assert.Equal([28L], weights["Lower.bias_ih_l0"].shape);
        Assert.Equal([28L], weights["Lower.bias_hh_l0"].shape);
        Assert.Equal([36L, 7L], weights["Upper.weight_ih_l0"].shape);
        Assert.Equal([36L, 9L], weights["Upper.weight_ih_l1"].shape);
        Assert.Equal([11L, 9L], weights["Next.weight"].shape);
        Assert.Equal([11L], weights["Next.bias"].shape);
        Assert.Equal(15, weights.Count);
        Assert.All(weights.Values, tensor => Assert.Equal(torch.ScalarType.Float32, tensor.dtype));
        Assert.All(TensorValues.Read(weights["Lower.bias_hh_l0"]), value => Assert.Equal(0, value));
        Assert.Equal(Array.ConvertAll(compiled.Model.Values()["Upper.weight_hh_l1"], value => (float)value), TensorValues.Read(weights["Upper.weight_hh_l1"]));
    }

    [Fact]
    public void There_and_back_are_the_same_bits()
    {
        using CompiledTrainer compiled = new();
        HostedModel other = compiled.Another();
        Assert.NotEqual(compiled.Model.Bits(), other.Bits());
        new TorchModule(other.Parameters).load_state_dict(new TorchModule(compiled.Trainer).state_dict());
        Assert.Equal(compiled.Model.Bits(), other.Bits());
    }

    [Fact]
    public void What_is_given_out_is_a_copy()
    {
        using CompiledTrainer compiled = new();
        int[] before = compiled.Model.Bits();
        TorchModule module = new(compiled.Trainer);
        foreach (torch.Tensor tensor in module.state_dict().Values.Concat(module.parameters()))
        {
            tensor.bytes.Fill(0x3F);
        }

        Assert.Equal(before, compiled.Model.Bits());
    }

    [Fact]
    public void A_shared_weight_has_both_names()
    {
        using CompiledTrainer compiled = new(tied: true);
        TorchModule module = new(compiled.Trainer);
        Dictionary<string, torch.Tensor> weights = module.state_dict();
        Assert.Equal(TensorValues.Read(weights["Words.weight"]), TensorValues.Read(weights["Next.weight"]));
        Assert.DoesNotContain("Words.weight", module.named_parameters().Select(item => item.name));
        weights.Remove("Next.weight");
        module.load_state_dict(weights);
        weights["Next.weight"] = torch.tensor(new float[66], [11, 6]);
        Assert.Contains("shares", Assert.Throws<ArgumentException>(() => module.load_state_dict(weights)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Second_biases_are_added_and_may_be_missing()
    {
        using CompiledTrainer compiled = new();
        TorchModule module = new(compiled.Trainer);
        Dictionary<string, torch.Tensor> weights = module.state_dict();
        float[] bias = TensorValues.Read(weights["Lower.bias_ih_l0"]);
        weights["Lower.bias_hh_l0"] = torch.tensor(Enumerable.Repeat(0.25f, 28).ToArray(), [28]);
        weights.Remove("Upper.bias_hh_l1");
        module.load_state_dict(weights);
        float[] values = new float[28];
        compiled.Trainer.Parameters["Lower.bias_ih_l0"].WriteTo(values);
        Assert.Equal(bias.Select(value => value + 0.25f), values);
    }

    [Fact]
    public void Other_types_and_orders_are_converted()
    {
        using CompiledTrainer compiled = new();
        int[] before = compiled.Model.Bits();
        TorchModule module = new(compiled.Trainer);
        Dictionary<string, torch.Tensor> weights = module.state_dict();
        weights["Next.weight"] = weights["Next.weight"].to_type(torch.ScalarType.Float64);
        weights["Lower.weight_hh_l0"] = weights["Lower.weight_hh_l0"].t().contiguous().t();
        Assert.False(weights["Lower.weight_hh_l0"].is_contiguous());
        module.load_state_dict(weights);
        Assert.Equal(before, compiled.Model.Bits());
    }

    [Fact]
    public void All_that_is_wrong_is_in_one_message_and_nothing_changes()
    {
        using CompiledTrainer compiled = new();
        int[] before = compiled.Model.Bits();
        TorchModule module = new(compiled.Trainer);
        Dictionary<string, torch.Tensor> weights = module.state_dict();
        weights["Words.weight"] = torch.tensor(new float[66], [11, 6]); // right, but not to be taken
        weights.Remove("Lower.weight_hh_l0");
        weights["Lower.weight_ih_l0"] = torch.tensor(new float[28 * 6], [6, 28]);
        weights["Next.bias"] = torch.tensor(new long[11], [11]);
        weights["Middle.weight"] = torch.tensor(new float[1], [1]);
        string message = Assert.Throws<ArgumentException>(() => module.load_state_dict(weights)).Message;
        Assert.Contains("'Lower.weight_hh_l0' [28, 7] is missing", message, StringComparison.Ordinal);
        Assert.Contains("'Lower.weight_ih_l0' has the shape [6, 28] and not [28, 6]", message, StringComparison.Ordinal);
        Assert.Contains("'Next.bias' has the type Int64", message, StringComparison.Ordinal);
        Assert.Contains("'Middle.weight' is no weight of this model", message, StringComparison.Ordinal);
        Assert.Contains("does not fit Model:", message, StringComparison.Ordinal);
        Assert.Equal(before, compiled.Model.Bits());
    }

    [Fact]
    public void Gradients_come_as_tensors()
    {
        using CompiledTrainer compiled = new();
        TorchModule module = new(compiled.Trainer);
        Assert.Throws<InvalidOperationException>(() => module.named_gradients().First());
        (torch.Tensor inputs, torch.Tensor targets) = compiled.Tensors(seed: 2);
        module.Step(inputs, targets);
        foreach ((string name, torch.Tensor gradient) in module.named_gradients())
        {
            Assert.Equal(compiled.Trainer.Gradient(name), TensorValues.Read(gradient));
            Assert.Equal(ParameterTensors.Shape(compiled.Trainer.Parameters[name]), gradient.shape);
        }
    }

    [Fact]
    public void Weights_alone_cannot_step()
    {
        using CompiledTrainer compiled = new();
        TorchModule module = new(compiled.Another().Parameters);
        (torch.Tensor inputs, torch.Tensor targets) = compiled.Tensors(seed: 2);
        Assert.Contains("no trainer", Assert.Throws<InvalidOperationException>(() => module.Step(inputs, targets)).Message, StringComparison.Ordinal);
    }
}
