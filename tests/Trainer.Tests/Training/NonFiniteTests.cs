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

    [Theory]
    [MemberData(nameof(OptimizerCases.Names), MemberType = typeof(OptimizerCases))]
    public void A_finite_gradient_whose_update_would_overflow_is_skipped_unless_it_is_clipped(string name)
    {
        HostedModel disturbed = Models.Value.Create(Plain);
        Optimizer optimizer = OptimizerCases.Create(name);
        using HostedTrainer trainer = disturbed.CreateTrainer(optimizer, options: new TrainerOptions { Threads = 1 });
        HostedModel calm = Models.Value.Create(Plain);
        using HostedTrainer other = calm.CreateTrainer(OptimizerCases.Create(name), options: new TrainerOptions { Threads = 1 });
        ReferenceWindow huge = TestData.Window(Plain.Spec, 4, 3, seed: 1);
        huge.TargetSeries[0] = 1e22f;
        for (int step = 0; step < 4; step++)
        {
            Assert.Equal(other.Step(TrainingModels.Window(Plain, step)), trainer.Step(TrainingModels.Window(Plain, step)));
            int[] weights = disturbed.Bits();
            double loss = trainer.Step(huge);
            Assert.True(double.IsFinite(loss) && double.IsFinite(trainer.Trainer.GradientNorm) && trainer.Trainer.GradientNorm > 1e19, $"loss {loss}, norm {trainer.Trainer.GradientNorm}");
            Assert.All(disturbed.Values().Values.SelectMany(values => values), value => Assert.True(double.IsFinite(value), $"a weight is {value}"));
            if (optimizer.ClipNorm > 0)
            {
                Assert.True(trainer.Trainer.LastStepApplied);
                return;
            }

            Assert.False(trainer.Trainer.LastStepApplied);
            Assert.Equal(step + 1, trainer.Trainer.SkippedSteps);
            Assert.Equal(weights, disturbed.Bits());
        }

        Assert.Equal(calm.Bits(), disturbed.Bits());
    }

    [Theory]
    [InlineData(0.1, 1, true)]
    [InlineData(1e4, 1, false)]
    [InlineData(0.1, 1e5, false)]
    public void The_rate_and_its_groups_count_in_what_is_too_large(double rate, double multiplier, bool applied)
    {
        HostedModel model = Models.Value.Create(Plain);
        using HostedTrainer trainer = model.CreateTrainer(new Sgd { LearningRate = rate, Groups = [ParameterGroup.Biases(multiplier)] });
        ReferenceWindow window = TestData.Window(Plain.Spec, 4, 3, seed: 1);
        window.TargetSeries[0] = 1e17f;
        trainer.Step(window);
        Assert.InRange(trainer.Trainer.GradientNorm, 1e16, 1e18);
        Assert.Equal(applied, trainer.Trainer.LastStepApplied);
    }
}
