namespace SdCompiler;

/// <summary>A plan evaluated for given dimensions: multiply-adds of one full training window.</summary>
/// <param name="ForwardDense">Forward, without dropout.</param>
/// <param name="ForwardKept">Forward, executed.</param>
/// <param name="BackwardDense">Gradients of activations, without dropout.</param>
/// <param name="BackwardKept">Gradients of activations, executed.</param>
/// <param name="WeightGradientDense">Gradients of weights, without dropout.</param>
/// <param name="WeightGradientKept">Gradients of weights, executed.</param>
/// <param name="Tokens">Rows times steps of the window.</param>
/// <param name="Parameters">Trainable numbers of the model.</param>
/// <param name="WorkspaceBytes">Bytes of the trainer's workspace, without parameters, gradients and optimizer state.</param>
public sealed record PlanFigures(
    long ForwardDense,
    long ForwardKept,
    long BackwardDense,
    long BackwardKept,
    long WeightGradientDense,
    long WeightGradientKept,
    long Tokens,
    long Parameters,
    long WorkspaceBytes)
{
    /// <summary>Multiply-adds of all phases without dropout.</summary>
    public long Dense => ForwardDense + BackwardDense + WeightGradientDense;

    /// <summary>Multiply-adds of all phases that are executed.</summary>
    public long Kept => ForwardKept + BackwardKept + WeightGradientKept;

    /// <summary>How many times faster a step can become at most, by arithmetic alone: dense over kept.</summary>
    public double CeilingSpeedup => Kept == 0 ? 1 : (double)Dense / Kept;
}
