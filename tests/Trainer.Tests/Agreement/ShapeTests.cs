using System.Linq;
using SdCompiler.Trainer.Tests.Harness;
using SdCompiler.Trainer.Tests.Reference;
using Xunit;

namespace SdCompiler.Trainer.Tests.Agreement;

/// <summary>Widths that fill no vector or panel, every small batch size, windows of one step and beyond the unroll limit, and steps smaller than the model.</summary>
public sealed class ShapeTests
{
    [Theory]
    [InlineData(1, 1, 5, 12, 33)]
    [InlineData(2, 2, 12, 33, 5)]
    [InlineData(3, 3, 33, 5, 12)]
    [InlineData(4, 4, 8, 8, 32)]
    [InlineData(5, 5, 1, 1, 2)]
    [InlineData(6, 2, 16, 40, 64)]
    [InlineData(7, 3, 7, 9, 31)]
    [InlineData(20, 2, 13, 11, 65)]
    public void Widths_and_batches(int rows, int steps, int width, int units, int classes)
    {
        ModelSpec spec = LanguageModel(width, units, classes);
        AgreementCheck.CheckAll(
            new ModelSource("Model", spec) { BatchSize = rows, TimeSteps = steps }, TestData.Window(spec, steps, rows, seed: 1), TestData.Window(spec, steps, rows, seed: 2));
    }

    [Theory]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(70)]
    [InlineData(96)]
    public void Windows_beyond_the_unroll_limit(int steps)
    {
        ModelSpec spec = LanguageModel(3, 5, 6);
        AgreementCheck.CheckAll(
            new ModelSource("Model", spec) { BatchSize = 2, TimeSteps = steps },
            TestData.Window(spec, steps, 2, seed: 1),
            TestData.Window(spec, steps - 3, 2, seed: 2),
            TestData.Window(spec, 33, 2, seed: 3, [20, 33]),
            TestData.Window(spec, 32, 2, seed: 4),
            TestData.Window(spec, 1, 2, seed: 5));
    }

    [Theory]
    [InlineData(DropoutPattern.Structured)]
    [InlineData(DropoutPattern.Random)]
    [InlineData(DropoutPattern.RandomFixed)]
    public void Every_kind_of_loss_beyond_the_unroll_limit(DropoutPattern pattern)
    {
        const int Steps = 70;
        LayerSpec words = new EmbeddingSpec("Words", 7, 5) { OutputDropout = 0.3 };
        LayerSpec memory = new LstmSpec("Memory", 6) { Layers = 2, InputDropout = 0.4, RecurrentDropout = 0.4, OutputDropout = 0.4 };
        foreach (LayerSpec loss in (LayerSpec[])[new SoftmaxSpec("Next", 7) { InputDropout = 0.3 }, new ClassificationSpec("Label", 3) { InputDropout = 0.3 }, new RegressionSpec("Output", 2)])
        {
            ModelSpec spec = new(words, memory, loss);
            AgreementCheck.CheckAll(
                new ModelSource("Model", spec) { BatchSize = 3, TimeSteps = Steps, Pattern = pattern },
                TestData.Window(spec, Steps, 3, seed: 1),
                TestData.Window(spec, 65, 3, seed: 2, [64, 31, 65]),
                TestData.Window(spec, 32, 3, seed: 3));
        }
    }

    [Fact]
    public void Shorter_windows_and_smaller_batches()
    {
        ModelSpec spec = LanguageModel(6, 9, 10);
        ModelSource source = new("Model", spec) { BatchSize = 5, TimeSteps = 6 };
        AgreementCheck.CheckAll(
            source,
            TestData.Window(spec, 6, 5, seed: 1),
            TestData.Window(spec, 1, 5, seed: 2),
            TestData.Window(spec, 4, 5, seed: 3));
        AgreementCheck.CheckAll(source, TestData.Window(spec, 6, 1, seed: 4), TestData.Window(spec, 2, 1, seed: 5));
        AgreementCheck.CheckAll(source, TestData.Window(spec, 5, 4, seed: 6, [2, 5, 5, 1]), TestData.Window(spec, 6, 4, seed: 7, [1, 1, 1, 6]));
    }

    [Fact]
    public void Fewer_rows_than_before_leave_no_trace()
    {
        ModelSpec spec = LanguageModel(6, 9, 10);
        ModelSource source = new("Model", spec) { BatchSize = 5, TimeSteps = 6 };
        using CompiledModels models = CompiledModels.Compile(source);
        HostedModel model = models.Create(source);
        using HostedTrainer trainer = model.CreateTrainer(new Sgd { LearningRate = 0 }, options: new TrainerOptions { CarryState = false, Threads = 1 });
        model.Set(TestData.Parameters(spec, seed: 3));
        foreach ((int steps, int rows) in ((int, int)[])[(6, 5), (2, 3), (6, 2), (3, 5), (1, 1), (6, 5)])
        {
            ReferenceWindow window = TestData.Window(spec, steps, rows, seed: steps + rows, Enumerable.Range(0, rows).Select(row => 1 + ((row + steps) % steps)).ToArray());
            window = window with { Lengths = window.Lengths.Select((length, row) => row == 0 ? steps : length).ToArray() };
            double loss = trainer.Step(window);
            AgreementCheck.Check(trainer, new ReferenceModel(spec).Run(window, model.Values(), trainer.LastMultipliers()), loss, $"{steps} steps, {rows} rows");
        }
    }

    [Fact]
    public void Independent_sequences_start_at_zero()
    {
        ModelSpec spec = LanguageModel(6, 9, 10);
        ModelSource source = new("Model", spec);
        using CompiledModels models = CompiledModels.Compile(source);
        AgreementCheck.CheckWindows(
            models.Create(source), null, new TrainerOptions { CarryState = false, Threads = 1 }, TestData.Window(spec, 4, 3, seed: 1), TestData.Window(spec, 3, 3, seed: 2));
    }

    private static ModelSpec LanguageModel(int width, int units, int classes) => new(
        new EmbeddingSpec("Words", classes, width),
        new LstmSpec("Lower", units) { InputDropout = width > 1 ? 0.5 : 0, RecurrentDropout = units > 1 ? 0.5 : 0 },
        new LstmSpec("Upper", units + 1) { InputDropout = units > 1 ? 0.4 : 0, RecurrentDropout = 0.4 },
        new SoftmaxSpec("Next", classes) { InputDropout = 0.5 });
}
