namespace SdCompiler.Trainer.Tests.Reference;

/// <summary>A layer of the reference: plain sums over rows, steps and units, nothing clever.</summary>
internal abstract class ReferenceLayer
{
    /// <summary>Whether the layer masks what it reads itself.</summary>
    public virtual bool MasksInput => false;

    /// <summary>Computes the layer's output and keeps what the backward pass needs.</summary>
    public abstract Sequence Forward(Sequence x, ReferencePass pass);

    /// <summary>Adds the parameters' gradients and returns the loss's gradient by x.</summary>
    public abstract Sequence Backward(Sequence dy, ReferencePass pass);
}
