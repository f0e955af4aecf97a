using System;
using System.Globalization;

namespace SdCompiler;

/// <summary>What a model's loss was over some data, without dropout.</summary>
/// <param name="TotalLoss">The sum of the losses of every target: nats for classes, squared error (mean over the outputs of a step) for real numbers.</param>
/// <param name="Targets">How many targets contributed; ignored ones do not count.</param>
/// <param name="Correct">How many targets were the most probable class (the first one among equals); -1 where targets are not classes.</param>
public readonly record struct Evaluation(double TotalLoss, long Targets, long Correct = -1)
{
    /// <summary>The loss of one target: nats, or squared error; NaN without targets.</summary>
    public double MeanLoss => Targets == 0 ? double.NaN : TotalLoss / Targets;

    /// <summary>exp(<see cref="MeanLoss"/>): the number of equally likely classes that would be as hard to guess. Has no meaning for real-valued targets.</summary>
    public double Perplexity => Math.Exp(MeanLoss);

    /// <summary>The share of targets that were the most probable class, 0 to 1; NaN where targets are not classes, or there are none.</summary>
    public double Accuracy => Correct < 0 || Targets == 0 ? double.NaN : (double)Correct / Targets;

    /// <summary>A few words for people: "loss 2.1731 over 6,390 targets, 48.2 % correct".</summary>
    public override string ToString()
    {
        string correct = double.IsNaN(Accuracy) ? "" : string.Create(CultureInfo.InvariantCulture, $", {100 * Accuracy:0.0} % correct");
        return string.Create(CultureInfo.InvariantCulture, $"loss {MeanLoss:0.0000} over {Targets:#,0} target{(Targets == 1 ? "" : "s")}{correct}");
    }

    /// <summary>Both evaluations as one.</summary>
    public static Evaluation operator +(Evaluation left, Evaluation right) => left.Add(right);

    /// <summary>This evaluation and another as one.</summary>
    /// <param name="other">An evaluation of the same kind of targets.</param>
    public Evaluation Add(Evaluation other) => new(
        TotalLoss + other.TotalLoss,
        Targets + other.Targets,
        Correct < 0 || other.Correct < 0 ? -1 : Correct + other.Correct);
}
