using System;
using Xunit;

namespace SdCompiler.Runtime.Tests.Training;

/// <summary>What people see who write a record to the console.</summary>
public sealed class ProgressTextTests
{
    [Fact]
    public void AnEpochIsALine()
    {
        EpochProgress epoch = new(2, 138, new Evaluation(217.31, 100), new Evaluation(204.56, 100, 48), true, 0.7, 0);
        Assert.Equal("epoch 3, step 138: training loss 2.1731, validation 2.0456 (best), rate 0.7", epoch.ToString());
        Assert.Equal("epoch 1, step 4: training loss 1.0000, rate 1E-05, 2 steps skipped so far", new EpochProgress(0, 4, new Evaluation(1, 1), null, false, 1e-5, 2).ToString());
    }

    [Fact]
    public void AnEvaluationIsAFewWords()
    {
        Assert.Equal("loss 2.0456 over 1,000 targets, 48.2 % correct", new Evaluation(2045.6, 1000, 482).ToString());
        Assert.Equal("loss 0.5000 over 1 target", new Evaluation(0.5, 1).ToString());
    }

    [Fact]
    public void APlanSaysWhatWasChosen()
    {
        PhasePlan phase = new("dense", new PlanFormula(1), new PlanFormula(0), new PlanFormula(1), new PlanFormula(0));
        ModelPlan plan = new("Words", 4, 7, ["Vocabulary"], new PlanFormula(3), [new VariantPlan("Random", true, phase, phase, phase, 0, [])]);
        Assert.Equal(
            string.Join(Environment.NewLine, "Words: up to T=7 steps of B=4 sequences, for any Vocabulary", "Random, forward: dense", "  backward: dense", "  weight gradient: dense"),
            plan.ToString());
    }
}
