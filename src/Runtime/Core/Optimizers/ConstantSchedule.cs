namespace SdCompiler;

/// <summary>The same rate for ever.</summary>
internal sealed class ConstantSchedule : LearningRateSchedule
{
    private readonly double _rate;

    public ConstantSchedule(double rate) => _rate = CheckRate(rate, nameof(rate));

    public override double RateAt(int epoch, long step, int stepsPerEpoch) => _rate;
}
