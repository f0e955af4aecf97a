using System;
using System.Collections.Generic;
using System.Linq;
using SdCompiler.Runtime;
using SdCompiler.Trainer.Tests.Harness;
using SdCompiler.Trainer.Tests.Reference;
using TorchSharp;
using Xunit;

namespace SdCompiler.Torch.Tests;

/// <summary>The trainer of plain tensor operations against the compiled one on the same masks: losses, every gradient, the state, and weights after steps.</summary>
public sealed class ReferenceTrainerTests
{
    private const double Tolerance = 1e-5;

    public static TheoryData<DropoutPattern, MaskSampling> Patterns => new()
    {
        { DropoutPattern.Structured, MaskSampling.FixedCount },
        { DropoutPattern.Structured, MaskSampling.Bernoulli },
        { DropoutPattern.StructuredFixed, MaskSampling.FixedCount },
        { DropoutPattern.Random, MaskSampling.FixedCount },
        { DropoutPattern.RandomFixed, MaskSampling.FixedCount },
    };

    [Theory]
    [MemberData(nameof(Patterns))]
    public void Loss_gradients_and_weights_are_those_of_the_compiled_trainer(DropoutPattern pattern, MaskSampling sampling)
    {
        using CompiledTrainer compiled = new(pattern, new Sgd { LearningRate = 0.5, ClipNorm = 0.4 }, sampling: sampling, ignoreIndex: -100);
        compiled.SetState(seed: 8);
        using TorchReferenceTrainer reference = TorchReferenceTrainer.Of(compiled.Trainer);
        (reference.LearningRate, reference.ClipNorm) = (0.5, 0.4);
        Compare(compiled, reference, windows: 3);
    }

    [Fact]
    public void A_shared_weight_gets_both_gradients()
    {
        using CompiledTrainer compiled = new(optimizer: new Sgd { LearningRate = 0.5 }, tied: true);
        using TorchReferenceTrainer reference = TorchReferenceTrainer.Of(compiled.Trainer);
        reference.LearningRate = 0.5;
        Assert.Equal(compiled.Trainer.Parameters.All.Select(parameter => parameter.Name).Order(StringComparer.Ordinal), reference.Parameters.Keys.Order(StringComparer.Ordinal));
        Compare(compiled, reference, windows: 2);
    }

    [Fact]
    public void In_double_precision_it_is_the_textbook_reference()
    {
        using CompiledTrainer compiled = new();
        using TorchReferenceTrainer reference = TorchReferenceTrainer.Of(compiled.Trainer, torch.ScalarType.Float64);
        ReferenceWindow window = TestData.Window(compiled.Source.Spec, 5, 4, seed: 21);
        ReferenceResult expected = new ReferenceModel(compiled.Source.Spec).Run(window, compiled.Model.Values(), NoDropout.Instance);
        double loss = reference.Backward(torch.tensor(window.Tokens["Words"], [5, 4]), torch.tensor(window.TargetTokens, [5, 4]));
        Assert.Equal(expected.Loss, loss, 1e-12 * expected.Loss);
        foreach ((string name, double[] gradient) in expected.Gradients)
        {
            CompiledTrainer.Close(Array.ConvertAll(gradient, value => (float)value), reference.Gradient(name), 1e-6, name);
        }
    }

    [Fact]
    public void Nothing_that_a_step_makes_outlives_it()
    {
        using CompiledTrainer compiled = new();
        (torch.Tensor inputs, torch.Tensor targets) = compiled.Tensors(seed: 5);
        using TorchReferenceTrainer reference = TorchReferenceTrainer.Of(compiled.Trainer);
        using (torch.NewDisposeScope())
        {
            reference.Step(inputs, targets); // what it keeps is not in the caller's scope
        }

        double first = reference.Step(inputs, targets);
        Assert.True(double.IsFinite(first));
        Assert.All(reference.Parameters.Values, parameter => Assert.False(parameter.IsInvalid));
    }

    [Fact]
    public void A_description_is_enough()
    {
        TorchModelDescription model = new() { Embedding = "E", EmbeddingWeight = "E.weight", LstmLayers = ["M.0"], Output = "S" };
        Dictionary<string, torch.Tensor> parameters = new()
        {
            ["E.weight"] = torch.tensor(new float[6], [3, 2]),
            ["M.weight_ih_l0"] = torch.tensor(new float[16], [8, 2]),
            ["M.weight_hh_l0"] = torch.tensor(new float[16], [8, 2]),
            ["M.bias_ih_l0"] = torch.tensor(new float[8], [8]),
            ["S.weight"] = torch.tensor(new float[6], [3, 2]),
            ["S.bias"] = torch.tensor(new float[3], [3]),
        };
        using TorchReferenceTrainer reference = new(model, parameters);
        torch.Tensor tokens = torch.tensor(new long[] { 0, 1, 2, 0 }, [2, 2]);
        Assert.Equal(2 * Math.Log(3), reference.Backward(tokens, tokens), 1e-6);
        parameters.Remove("S.bias");
        Assert.Contains("'S.bias'", Assert.Throws<ArgumentException>(() => new TorchReferenceTrainer(model, parameters)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_that_is_no_chain_is_refused_by_name()
    {
        ModelSpec spec = new(
            new EmbeddingSpec("Words", 5, 3), new LstmSpec("Memory", 4), new LinearSpec("Head", 4, Activation.Tanh), new SoftmaxSpec("Next", 5));
        using CompiledModels models = CompiledModels.Compile(new ModelSource("Other", spec));
        using HostedTrainer trainer = models.Create(new ModelSource("Other", spec)).CreateTrainer();
        NotSupportedException error = Assert.Throws<NotSupportedException>(() => TorchReferenceTrainer.Of(trainer.Trainer));
        Assert.Contains("Head.weight", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_few_rows_of_state_are_an_error()
    {
        using CompiledTrainer compiled = new();
        using TorchReferenceTrainer reference = TorchReferenceTrainer.Of(compiled.Trainer);
        (torch.Tensor inputs, torch.Tensor targets) = compiled.Tensors(seed: 5, rows: 3);
        reference.ResetState();
        reference.Backward(inputs, targets);
        (inputs, targets) = compiled.Tensors(seed: 5, rows: 4);
        Assert.Contains("4 rows", Assert.Throws<ArgumentException>(() => reference.Backward(inputs, targets)).Message, StringComparison.Ordinal);
    }

    private static void Compare(CompiledTrainer compiled, TorchReferenceTrainer reference, int windows)
    {
        for (int i = 0; i < windows; i++)
        {
            (torch.Tensor inputs, torch.Tensor targets) = compiled.Tensors(seed: 30 + i);
            double expected = compiled.Trainer.Step(inputs, targets);
            double loss = reference.Step(inputs, targets, TorchMasks.Of(compiled.Trainer, steps: 5, rows: 4));
            Assert.Equal(expected, loss, Tolerance * expected);
            Assert.Equal(compiled.Trainer.GradientNorm, reference.GradientNorm, Tolerance * expected);
            foreach (Parameter parameter in compiled.Trainer.Parameters.All)
            {
                CompiledTrainer.Close(compiled.Trainer.Gradient(parameter.Name), reference.Gradient(parameter.Name), Tolerance, $"window {i}, gradient of {parameter.Name}");
            }
        }

        foreach ((string name, torch.Tensor value) in new TorchModule(compiled.Trainer).named_parameters())
        {
            CompiledTrainer.Close(TensorValues.Read(value), TensorValues.Read(reference.Parameters[name]), Tolerance, "values of " + name);
        }
    }
}
