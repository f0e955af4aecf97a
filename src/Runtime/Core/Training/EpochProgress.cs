using System.Globalization;

namespace SdCompiler;

/// <summary>One epoch, as progress reports tell it.</summary>
/// <param name="Epoch">The epoch, from 0.</param>
/// <param name="Step">Steps since training began.</param>
/// <param name="Training">Loss and targets of the epoch's steps, with dropout and while the weights changed.</param>
/// <param name="Validation">The evaluation after the epoch, or null without validation.</param>
/// <param name="IsBest">Whether the validation is the best so far.</param>
/// <param name="LearningRate">The rate of the epoch's last step.</param>
/// <param name="SkippedSteps">Steps skipped since training began.</param>
public readonly record struct EpochProgress(
    int Epoch, long Step, Evaluation Training, Evaluation? Validation, bool IsBest, double LearningRate, long SkippedSteps)
{
    /// <summary>A line for people: "epoch 3, step 138: training loss 2.1731, validation 2.0456 (best), rate 1".</summary>
    public override string ToString()
    {
        string validation = Validation is Evaluation found ? string.Create(CultureInfo.InvariantCulture, $", validation {found.MeanLoss:0.0000}{(IsBest ? " (best)" : "")}") : "";
        string skipped = SkippedSteps > 0 ? string.Create(CultureInfo.InvariantCulture, $", {SkippedSteps} steps skipped so far") : "";
        return string.Create(CultureInfo.InvariantCulture, $"epoch {Epoch + 1}, step {Step}: training loss {Training.MeanLoss:0.0000}{validation}, rate {LearningRate:G3}{skipped}");
    }
}
