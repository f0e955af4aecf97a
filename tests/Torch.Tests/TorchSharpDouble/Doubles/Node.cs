using System;

namespace TorchSharp.Doubles;

/// <summary>One operation of the graph.</summary>
/// <param name="Inputs">What it read.</param>
/// <param name="Backward">From the gradient by its result to the gradients by its inputs; null where an input has none.</param>
internal sealed record Node(TensorData[] Inputs, Func<TensorData, TensorData?[]> Backward);
