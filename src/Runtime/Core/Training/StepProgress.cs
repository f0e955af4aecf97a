namespace SdCompiler;

/// <summary>One training step, as progress reports tell it.</summary>
/// <param name="Epoch">The epoch, from 0.</param>
/// <param name="Batch">The batch of the epoch, from 0.</param>
/// <param name="BatchesPerEpoch">Batches in one epoch.</param>
/// <param name="Step">Steps since training began, this one included.</param>
/// <param name="Loss">The step's loss: sum over time, mean over rows.</param>
/// <param name="Targets">How many targets the step had.</param>
/// <param name="LearningRate">The rate that it used.</param>
/// <param name="GradientNorm">The length of its gradient before clipping.</param>
/// <param name="Applied">False when the step was skipped because its loss or gradient was not finite.</param>
/// <param name="EpochMeanLoss">The loss of one target over the epoch so far.</param>
public readonly record struct StepProgress(
    int Epoch, int Batch, int BatchesPerEpoch, long Step, double Loss, long Targets, double LearningRate, double GradientNorm, bool Applied, double EpochMeanLoss);
