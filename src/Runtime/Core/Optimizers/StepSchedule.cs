using System;

namespace SdCompiler;

/// <summary>A factor every so many epochs.</summary>
internal sealed class StepSchedule : LearningRateSchedule
{
    private readonly double _rate;
    private readonly int _every;
    private readonly double _factor;

    public StepSchedule(double rate, int every, double factor)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(every);
        _rate = CheckRate(rate, nameof(rate));
        _every = every;
        _factor = CheckFactor(factor, nameof(factor));
    }

    public override double RateAt(int epoch, long step, int stepsPerEpoch) => _rate * Math.Pow(_factor, epoch / _every);
}
