namespace SdCompiler;

/// <summary>The parts of a training step whose time and multiply-adds a trainer can measure.</summary>
public enum StepPhase
{
    /// <summary>Everything that has no part of its own: masks, embedding, copies, waiting for the step to begin.</summary>
    Rest,

    /// <summary>Forward products of all layers but the loss layer.</summary>
    Forward,

    /// <summary>The gates of LSTM cells, forward and backward.</summary>
    Gates,

    /// <summary>Gradients of activations of all layers but the loss layer.</summary>
    Backward,

    /// <summary>Gradients of weights of all layers but the loss layer.</summary>
    WeightGradient,

    /// <summary>The loss layer whole: its product, the loss and its gradients.</summary>
    Loss,

    /// <summary>Clipping and the optimizer.</summary>
    Update,
}
