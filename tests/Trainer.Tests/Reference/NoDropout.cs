namespace SdCompiler.Trainer.Tests.Reference;

/// <summary>Evaluation: every multiplier is 1.</summary>
internal sealed class NoDropout : IMultipliers
{
    public static NoDropout Instance { get; } = new();

    public double Unit(string layer, int index, DropoutSites site, int t, int unit, int row) => 1;

    public double Weight(string layer, int index, int t, int unit, int output) => 1;

    public double Word(string layer, int token) => 1;
}
