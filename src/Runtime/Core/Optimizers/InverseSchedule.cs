using System;

namespace SdCompiler;

/// <summary>A rate that falls as one over the epochs.</summary>
internal sealed class InverseSchedule : LearningRateSchedule
{
    private readonly double _rate;
    private readonly double _decay;

    public InverseSchedule(double rate, double decay)
    {
        _rate = CheckRate(rate, nameof(rate));
        if (!(decay >= 0) || double.IsInfinity(decay))
        {
            throw new ArgumentOutOfRangeException(nameof(decay), decay, "The decay is a finite number, 0 or more.");
        }

        _decay = decay;
    }

    public override double RateAt(int epoch, long step, int stepsPerEpoch) => _rate / (1 + (_decay * epoch));
}
