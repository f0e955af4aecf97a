using System;

namespace SdCompiler;

/// <summary>Half a cosine from the rate down to a minimum, after a linear warm-up.</summary>
internal sealed class CosineSchedule : LearningRateSchedule
{
    private readonly double _rate;
    private readonly long _totalSteps;
    private readonly double _minimum;
    private readonly long _warmUpSteps;

    public CosineSchedule(double rate, long totalSteps, double minimum, long warmUpSteps)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(warmUpSteps);
        if (totalSteps <= warmUpSteps)
        {
            throw new ArgumentOutOfRangeException(nameof(totalSteps), totalSteps, "The cosine needs at least one step after the warm-up.");
        }

        _rate = CheckRate(rate, nameof(rate));
        _totalSteps = totalSteps;
        _minimum = CheckRate(minimum, nameof(minimum));
        _warmUpSteps = warmUpSteps;
    }

    public override double RateAt(int epoch, long step, int stepsPerEpoch)
    {
        if (step < _warmUpSteps)
        {
            // The first step already moves: a rate of 0 would waste it.
            return _rate * (step + 1) / (_warmUpSteps + 1);
        }

        double done = Math.Min(1.0, (double)(step - _warmUpSteps) / (_totalSteps - _warmUpSteps));
        return _minimum + ((_rate - _minimum) * 0.5 * (1 + Math.Cos(Math.PI * done)));
    }
}
