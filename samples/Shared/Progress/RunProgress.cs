using System;
using SdCompiler.Samples.Shared.Training;

namespace SdCompiler.Samples.Shared.Progress;

/// <summary>Where a run is.</summary>
/// <param name="Epoch">The current epoch, from 1.</param>
/// <param name="Epochs">Epochs in all.</param>
/// <param name="Done">Share of the whole run that is done, from 0 to 1.</param>
/// <param name="Measure">What training is judged by.</param>
/// <param name="Value">That of the epoch so far; NaN before its first step.</param>
/// <param name="TokensPerSecond">Speed since the start or resumption; NaN before it is known.</param>
/// <param name="Left">Time left at that speed.</param>
internal readonly record struct RunProgress(int Epoch, int Epochs, double Done, Measure Measure, double Value, double TokensPerSecond, TimeSpan Left);
