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
    int Epoch, long Step, Evaluation Training, Evaluation? Validation, bool IsBest, double LearningRate, long SkippedSteps);
