namespace SdCompiler.Trainer.Tests.Reference;

/// <summary>What ends a model: the loss of the outputs y (logits or predicted numbers) and its gradient by them.</summary>
internal abstract class ReferenceLoss
{
    /// <summary>The loss, divided by the number of rows, and dLoss/dy.</summary>
    public abstract (double Loss, Sequence Gradient) Evaluate(Sequence y, ReferenceWindow window);

    /// <summary>What the gradient is that of: the loss, unless training makes something else small.</summary>
    public virtual double Objective(Sequence y, ReferenceWindow window) => Evaluate(y, window).Loss;
}
