namespace SdCompiler.Samples.LanguageModel.Progress;

/// <summary>What one line of the metrics file says.</summary>
/// <param name="Epoch">Epochs trained; at the end of a run that stopped inside an epoch, the whole ones.</param>
/// <param name="Step">Steps trained.</param>
/// <param name="TrainPerplexity">Over the epoch, with dropout as trained; null where nothing was trained.</param>
/// <param name="ValidPerplexity">Of the whole validation text, without dropout.</param>
/// <param name="TestPerplexity">Of the whole test text; only in the last line.</param>
/// <param name="TokensPerSecond">Training speed, evaluation not counted.</param>
/// <param name="StepMilliseconds">Mean time of a training step.</param>
/// <param name="LearningRate">Of the epoch.</param>
/// <param name="PeakMemoryMegabytes">The most memory that the process had so far, in 10^6 bytes.</param>
/// <param name="SkippedSteps">Steps skipped so far because a loss or gradient was not finite.</param>
internal sealed record RunMetrics(
    int Epoch,
    long Step,
    double? TrainPerplexity,
    double? ValidPerplexity,
    double? TestPerplexity,
    double? TokensPerSecond,
    double? StepMilliseconds,
    double? LearningRate,
    double PeakMemoryMegabytes,
    long SkippedSteps);
