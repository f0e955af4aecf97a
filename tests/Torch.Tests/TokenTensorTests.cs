using System;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp;
using Xunit;

namespace SdCompiler.Torch.Tests;

/// <summary>Tokens as tensors: the same steps as with spans, and without a copy where that can be.</summary>
public sealed class TokenTensorTests
{
    [Fact]
    public void Steps_and_evaluations_are_those_of_spans()
    {
        using CompiledTrainer spans = new(optimizer: new Sgd { LearningRate = 0.5 });
        using CompiledTrainer tensors = new(optimizer: new Sgd { LearningRate = 0.5 });
        TorchModule module = new(tensors.Trainer);
        for (int i = 0; i < 3; i++)
        {
            (int[] inputs, int[] targets) = spans.Window(seed: i);
            double expected = spans.Trainer.Step(inputs, targets);
            torch.Tensor x = torch.tensor(inputs, [5, 4]);
            torch.Tensor y = torch.tensor(targets, [5, 4]);
            double loss = i switch
            {
                0 => tensors.Trainer.Step(x, y),
                1 => module.Step(x.to_type(torch.ScalarType.Int64), y),
                _ => module.Step(x.t().contiguous().t(), y.t().contiguous().t()), // the same numbers, column by column
            };
            Assert.Equal(expected, loss);
        }

        Assert.Equal(spans.Model.Bits(), tensors.Model.Bits());
        (int[] many, int[] after) = spans.Window(seed: 7, steps: 8, rows: 6);
        Evaluation evaluation = spans.Trainer.Evaluate(many, after, rows: 6);
        Assert.Equal(evaluation, module.Evaluate(torch.tensor(many, [8, 6]), torch.tensor(after, [8, 6])));
        LstmState state = tensors.Trainer.CreateState(6);
        Assert.Equal(evaluation, tensors.Trainer.Evaluate(torch.tensor(many, [8, 6]), torch.tensor(after, [8, 6]), state));
        Assert.NotEqual(0, state.Hidden(0, 0)[0]);
    }

    [Fact]
    public void Fewer_rows_and_steps_are_a_smaller_window()
    {
        using CompiledTrainer spans = new();
        using CompiledTrainer tensors = new();
        (int[] inputs, int[] targets) = spans.Window(seed: 4, steps: 3, rows: 2);
        Assert.Equal(spans.Trainer.Step(inputs, targets, rows: 2), tensors.Trainer.Step(torch.tensor(inputs, [3, 2]), torch.tensor(targets, [3, 2])));
    }

    [Fact]
    public void Int32_in_order_is_not_copied()
    {
        torch.Tensor tensor = torch.tensor(new[] { 1, 2, 3, 4 }, [2, 2]);
        using TokenView view = new(tensor, "inputs");
        Assert.True(Unsafe.AreSame(ref MemoryMarshal.GetReference(view.Tokens), ref Unsafe.As<byte, int>(ref MemoryMarshal.GetReference(tensor.bytes))));
        using TokenView turned = new(tensor.t(), "inputs");
        Assert.Equal([1, 3, 2, 4], turned.Tokens.ToArray());
    }

    [Fact]
    public void What_no_step_can_take_is_refused_by_name()
    {
        using CompiledTrainer compiled = new();
        int[] before = compiled.Model.Bits();
        (torch.Tensor inputs, torch.Tensor targets) = compiled.Tensors(seed: 1);
        Expect("'targets' has the shape [20]", () => compiled.Trainer.Step(inputs, torch.tensor(new int[20], [20])));
        Expect("'inputs' has the shape [5, 4] and 'targets' [4, 5]", () => compiled.Trainer.Step(inputs, torch.tensor(new int[20], [4, 5])));
        Expect("'inputs' has the type Float32", () => compiled.Trainer.Step(torch.tensor(new float[20], [5, 4]), targets));
        long[] wide = Enumerable.Repeat(1L, 20).ToArray();
        wide[3] = (1L << 32) + 1; // a cast would make a token of it
        Expect("4294967297 at place 3", () => compiled.Trainer.Step(torch.tensor(wide, [5, 4]), targets));
        Expect("", () => compiled.Trainer.Step(torch.tensor(Enumerable.Repeat(11, 20).ToArray(), [5, 4]), targets));
        Assert.Equal(before, compiled.Model.Bits());
        Assert.Equal(0, compiled.Trainer.StepCount);
    }

    private static void Expect(string part, Action step) => Assert.Contains(part, Assert.ThrowsAny<ArgumentException>(step).Message, StringComparison.Ordinal);
}
