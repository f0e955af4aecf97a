using System.Collections.Generic;

namespace SdCompiler;

/// <summary>Where a training run is; with it a stopped run goes on exactly where it was.</summary>
public sealed record TrainingPosition
{
    /// <summary>The epoch, from 0.</summary>
    public int Epoch { get; init; }

    /// <summary>The batch of the epoch that comes next, from 0.</summary>
    public int Batch { get; init; }

    /// <summary>The sum of the losses of the epoch's targets so far.</summary>
    public double EpochLoss { get; init; }

    /// <summary>How many targets of the epoch had a loss so far.</summary>
    public long EpochTargets { get; init; }

    /// <summary>The lowest validation figure so far; positive infinity before the first.</summary>
    public double Best { get; init; } = double.PositiveInfinity;

    /// <summary>Evaluations since the best one.</summary>
    public int SinceBest { get; init; }

    /// <summary>The validation figures of all epochs, while they may still begin the averaging of weights; otherwise empty.</summary>
    public IReadOnlyList<double> Validations { get; init; } = [];
}
