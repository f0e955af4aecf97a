using System;
using Xunit;

namespace SdCompiler.Runtime.Tests.Optimizers;

public sealed class LearningRateScheduleTests
{
    [Fact]
    public void ZarembaKeepsTheRateForTheFullEpochsAndThenHalvesIt()
    {
        // The small model: 4 full epochs, factor 0.5; epoch i is at max(i + 1 - 4, 0) factors.
        LearningRateSchedule schedule = LearningRateSchedule.Zaremba(1, 4, 0.5);
        double[] expected = [1, 1, 1, 1, 0.5, 0.25, 0.125];
        for (int epoch = 0; epoch < expected.Length; epoch++)
        {
            Assert.Equal(expected[epoch], schedule.RateAt(epoch, 1000 + epoch, 10), 1e-15);
        }

        Assert.Equal(Math.Pow(1 / 1.15, 41), LearningRateSchedule.Zaremba(1, 14, 1 / 1.15).RateAt(54, 0, 1), 1e-15);
    }

    [Fact]
    public void StepConstantAndCosine()
    {
        Assert.Equal(0.02, LearningRateSchedule.Step(2, 3, 0.1).RateAt(8, 0, 1), 1e-15);
        Assert.Equal(2, LearningRateSchedule.Step(2, 3, 0.1).RateAt(2, 0, 1));
        Assert.Equal(0.3, LearningRateSchedule.Constant(0.3).RateAt(99, 9999, 1));
        LearningRateSchedule cosine = LearningRateSchedule.Cosine(1, 110, 0.2, 10);
        Assert.Equal(1.0 / 11, cosine.RateAt(0, 0, 10), 1e-15);
        Assert.Equal(1, cosine.RateAt(1, 10, 10), 1e-15);
        Assert.Equal(0.6, cosine.RateAt(6, 60, 10), 1e-12);
        Assert.Equal(0.2, cosine.RateAt(11, 110, 10), 1e-12);
        Assert.Equal(0.2, cosine.RateAt(99, 990, 10), 1e-12);
    }

    [Fact]
    public void InverseFallsAsOneOverTheEpochs()
    {
        LearningRateSchedule schedule = LearningRateSchedule.Inverse(0.015, 0.05);
        Assert.Equal(0.015, schedule.RateAt(0, 5, 10));
        Assert.Equal(0.015 / 1.05, schedule.RateAt(1, 15, 10), 1e-15);
        Assert.Equal(0.0075, schedule.RateAt(20, 205, 10), 1e-15);
        Assert.Equal(0.3, LearningRateSchedule.Inverse(0.3, 0).RateAt(99, 0, 1));
    }

    [Fact]
    public void ArgumentsAreChecked()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => LearningRateSchedule.Inverse(1, -0.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => LearningRateSchedule.Constant(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => LearningRateSchedule.Zaremba(1, -1, 0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => LearningRateSchedule.Zaremba(1, 1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => LearningRateSchedule.Step(1, 0, 0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => LearningRateSchedule.Cosine(1, 10, 0, 10));
    }
}
