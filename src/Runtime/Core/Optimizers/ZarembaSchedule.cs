using System;

namespace SdCompiler;

/// <summary>Full rate for some epochs, then a factor more for each further epoch.</summary>
internal sealed class ZarembaSchedule : LearningRateSchedule
{
    private readonly double _rate;
    private readonly int _fullEpochs;
    private readonly double _decay;

    public ZarembaSchedule(double rate, int fullEpochs, double decay)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(fullEpochs);
        _rate = CheckRate(rate, nameof(rate));
        _fullEpochs = fullEpochs;
        _decay = CheckFactor(decay, nameof(decay));
    }

    public override double RateAt(int epoch, long step, int stepsPerEpoch) => _rate * Math.Pow(_decay, Math.Max(epoch + 1 - _fullEpochs, 0));
}
