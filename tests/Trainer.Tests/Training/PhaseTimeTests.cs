using System;
using System.Collections.Generic;
using System.Linq;
using SdCompiler.Trainer.Tests.Harness;
using Xunit;

namespace SdCompiler.Trainer.Tests.Training;

/// <summary>What a trainer says of its phases: every multiply-add in the phase that the plan counts it in, and nothing changed by measuring.</summary>
public sealed class PhaseTimeTests
{
    [Fact]
    public void Multiply_adds_belong_to_the_phases_of_the_plan()
    {
        foreach ((ModelSource source, string? variant) in TrainingModels.Variants())
        {
            using HostedTrainer trainer = TrainingModels.Compiled.Create(source).CreateTrainer(variant: variant, options: new TrainerOptions { Threads = 2, MeasurePhases = true });
            for (int step = 0; step < 3; step++)
            {
                trainer.Step(TrainingModels.Window(source, step));
            }

            Dictionary<StepPhase, PhaseTime> phases = trainer.Trainer.PhaseTimes.ToDictionary(phase => phase.Phase);
            Assert.Equal(Enum.GetValues<StepPhase>(), phases.Keys.Order());
            Assert.Equal(trainer.Trainer.MultiplyAdds, phases.Values.Sum(phase => phase.MultiplyAdds));
            foreach (StepPhase without in (StepPhase[])[StepPhase.Rest, StepPhase.Gates, StepPhase.Update])
            {
                Assert.True(phases[without].MultiplyAdds == 0, $"{source.Name} {variant}: {phases[without]} has no product");
            }

            foreach (StepPhase products in (StepPhase[])[StepPhase.Forward, StepPhase.WeightGradient, StepPhase.Loss])
            {
                Assert.True(phases[products].MultiplyAdds > 0, $"{source.Name} {variant}: {phases[products]} has products");
            }

            Assert.All(phases.Values, phase => Assert.True(phase.Time > TimeSpan.Zero, $"{source.Name} {variant}: {phase} took some time"));
        }
    }

    [Fact]
    public void Measuring_changes_no_bit_and_nobody_measures_unasked()
    {
        ModelSource source = TrainingModels.Language;
        HostedModel[] models = [TrainingModels.Compiled.Create(source, seed: 9), TrainingModels.Compiled.Create(source, seed: 9)];
        using HostedTrainer measured = models[0].CreateTrainer(variant: "Structured", options: new TrainerOptions { Threads = 2, MeasurePhases = true });
        using HostedTrainer plain = models[1].CreateTrainer(variant: "Structured", options: new TrainerOptions { Threads = 2 });
        for (int step = 0; step < 3; step++)
        {
            Assert.Equal(plain.Step(TrainingModels.Window(source, step)), measured.Step(TrainingModels.Window(source, step)));
        }

        Assert.Equal(models[1].Bits(), models[0].Bits());
        Assert.Empty(plain.Trainer.PhaseTimes);
    }
}
