using System.Collections.Generic;

namespace SdCompiler.Trainer.Tests.Reference;

/// <summary>What one window gives.</summary>
/// <param name="Loss">The loss.</param>
/// <param name="Gradients">Its gradients by parameter, PyTorch's names and layout.</param>
/// <param name="NextState">The state to carry into the next window.</param>
/// <param name="Outputs">Logits or predicted numbers.</param>
internal sealed record ReferenceResult(
    double Loss, IReadOnlyDictionary<string, double[]> Gradients, IReadOnlyDictionary<string, double[][]> NextState, Sequence Outputs);
