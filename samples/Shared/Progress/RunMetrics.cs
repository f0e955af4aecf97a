using System.Collections.Generic;

namespace SdCompiler.Samples.Shared.Progress;

/// <summary>What one line of the metrics file says.</summary>
/// <param name="Epoch">Epochs trained; at the end of a run that stopped inside an epoch, the whole ones.</param>
/// <param name="Step">Steps trained.</param>
/// <param name="Training">The training measure over the epoch, with dropout as trained; null where nothing was trained.</param>
/// <param name="Validation">The measure of the validation data, without dropout.</param>
/// <param name="Test">The measure of the test data; only in the last line.</param>
/// <param name="TokensPerSecond">Training speed, evaluation not counted.</param>
/// <param name="StepMilliseconds">Mean time of a training step.</param>
/// <param name="LearningRate">Of the epoch.</param>
/// <param name="PeakMemoryMegabytes">The most memory that the process had so far, in 10^6 bytes.</param>
/// <param name="SkippedSteps">Steps skipped so far because a loss or gradient was not finite.</param>
/// <param name="Others">Further figures by their keys; only in the last line.</param>
internal sealed record RunMetrics(
    int Epoch,
    long Step,
    double? Training,
    double? Validation,
    double? Test,
    double? TokensPerSecond,
    double? StepMilliseconds,
    double? LearningRate,
    double PeakMemoryMegabytes,
    long SkippedSteps,
    IReadOnlyDictionary<string, double>? Others = null);
