namespace SdCompiler.Runtime.Tests.Training;

/// <summary>The predictor of a <see cref="LeakyModel"/>.</summary>
internal sealed class LeakyPredictor : TokenPredictor
{
    public LeakyPredictor(LeakyModel model, int rows)
        : base(() => new LeakyPredictorBody(model, rows))
    {
    }
}
