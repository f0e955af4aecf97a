namespace SdCompiler.Samples.GpuCheck.Verifying;

/// <summary>What was found of one model, regime, precision and seed: relative differences, NaN where a result was no number.</summary>
/// <param name="Limit">The largest difference that passes.</param>
internal sealed record CaseResult(double Limit)
{
    /// <summary>Losses of steps, by the textbook.</summary>
    public double Loss { get; init; }

    /// <summary>The worst gradient of any parameter, by the textbook.</summary>
    public double Gradient { get; init; }

    /// <summary>The worst state of any layer after a window, by the textbook.</summary>
    public double State { get; init; }

    /// <summary>The worst parameter after all steps, by the CPU's trainer.</summary>
    public double Weights { get; init; }

    /// <summary>The loss without dropout, by the textbook.</summary>
    public double Evaluation { get; init; }

    /// <summary>Whether evaluation counted as many targets, and (except for near ties in tf32) as many right guesses.</summary>
    public bool CountsAgree { get; init; }

    /// <summary>Whether a second trainer gave the same bits in every loss and weight.</summary>
    public bool IsRepeatable { get; init; }

    /// <summary>The smallest difference of gradients that one wrong unit of a mask made, over all places with dropout; null without dropout. It must be above the limit.</summary>
    public double? WrongMask { get; init; }

    /// <summary>Whether everything is as it should be.</summary>
    public bool Passes =>
        Loss <= Limit && Gradient <= Limit && State <= Limit && Weights <= Limit && Evaluation <= Limit && CountsAgree && IsRepeatable && WrongMask is null or > 0 && !(WrongMask <= Limit);
}
