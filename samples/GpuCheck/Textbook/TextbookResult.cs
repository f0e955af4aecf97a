using System.Collections.Generic;

namespace SdCompiler.Samples.GpuCheck.Textbook;

/// <summary>What one window gives.</summary>
/// <param name="TotalLoss">The sum over steps and rows.</param>
/// <param name="Loss">The loss: sum over time, mean over rows.</param>
/// <param name="Correct">How many targets were the most probable class.</param>
/// <param name="Gradients">The gradients of the loss, by parameter; zeros where none were asked for.</param>
/// <param name="NextState">The states after the window.</param>
internal sealed record TextbookResult(
    double TotalLoss, double Loss, int Correct, IReadOnlyDictionary<string, double[]> Gradients, IReadOnlyDictionary<string, double[][]> NextState);
