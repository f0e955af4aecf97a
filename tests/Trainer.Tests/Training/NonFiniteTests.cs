using System;
using System.Collections.Generic;
using System.Linq;
using SdCompiler.Trainer.Tests.Harness;
using SdCompiler.Trainer.Tests.Reference;
using Xunit;

namespace SdCompiler.Trainer.Tests.Training;

/// <summary>A loss or gradient that is not finite never reaches the weights, the optimizer or the carried state.</summary>
public sealed class NonFiniteTests
{
    private static readonly ModelSource Source = new("Model", new ModelSpec(
        new SeriesSpec("Sensors", 3), new LstmSpec("Memory", 5), new LinearSpec("Head", 4, Activation.None), new RegressionSpec("Output", 1)));

    // Without a saturating layer large numbers reach the gradient while the loss, which is summed in double precision, stays finite.
    private static readonly ModelSource Plain = new("Plain", new ModelSpec(new SeriesSpec("Sensors", 3), new RegressionSpec("Output", 1)));

    private static readonly Lazy<CompiledModels> Models = new(() => CompiledModels.Compile(Source, Plain));

    public static TheoryData<string, float> Cases()
    {
        TheoryData<string, float> cases = [];
        foreach (string optimizer in OptimizerCases.All)
        {
            cases.Add(optimizer, float.NaN);
            cases.Add(optimizer, float.PositiveInfinity);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_step_on_broken_data_changes_nothing_but_the_counters(string optimizer, float broken)
    {
        HostedModel disturbed = Models.Value.Create(Source);
        using HostedTrainer trainer = disturbed.CreateTrainer(OptimizerCases.Create(optimizer), options: new TrainerOptions { Threads = 1 });
        HostedModel calm = Models.Value.Create(Source);
        using HostedTrainer other = calm.CreateTrainer(OptimizerCases.Create(optimizer), options: new TrainerOptions { Threads = 1 });
        for (int step = 0; step < 4; step++)
        {
            Assert.Equal(other.Step(TrainingModels.Window(Source, step)), trainer.Step(TrainingModels.Window(Source, step)));
            int[] weights = disturbed.Bits();
            Dictionary<string, double[][]> state = trainer.State(Source.BatchSize);

            ReferenceWindow bad = TestData.Window(Source.Spec, 4, 3, seed: 1);
            (step % 2 == 0 ? bad.TargetSeries : bad.Series["Sensors"])[5] = broken;
            double loss = trainer.Step(bad);
            Assert.False(trainer.Trainer.LastStepApplied, $"the loss was {loss} and the step was applied");
            Assert.Equal(step + 1, trainer.Trainer.SkippedSteps);
            Assert.Equal(2 * (step + 1), trainer.Trainer.StepCount);
            Assert.Equal(weights, disturbed.Bits());
            Assert.Equal(state, trainer.State(Source.BatchSize));
        }

        // Momentum, Adam's averages and its count of updates are as if the bad steps had not been.
        Assert.Equal(calm.Bits(), disturbed.Bits());
    }

    [Fact]
    public void A_gradient_that_overflows_under_a_finite_loss_is_skipped_too()
    {
        HostedModel model = Models.Value.Create(Plain);
        using HostedTrainer trainer = model.CreateTrainer(new Sgd { LearningRate = 0.1 });
        ReferenceWindow window = TestData.Window(Plain.Spec, 4, 3, seed: 1);
        window.Series["Sensors"][0] = 1e20f;
        window.TargetSeries[0] = 1e30f;
        int[] weights = model.Bits();
        double loss = trainer.Step(window);
        Assert.True(double.IsFinite(loss), $"the loss was {loss}");
        Assert.False(trainer.Trainer.LastStepApplied);
        Assert.Equal(1, trainer.Trainer.SkippedSteps);
        Assert.Equal(weights, model.Bits());
    }
}
