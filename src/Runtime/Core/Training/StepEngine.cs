using System;
using System.Collections.Generic;

namespace SdCompiler.Runtime;

/// <summary>What runs the steps of one trainer: a team of threads, or a device. The window to work on lies in the body already.</summary>
internal abstract class StepEngine : IDisposable
{
    /// <summary>What the optimizer remembers.</summary>
    public abstract OptimizerState OptimizerState { get; }

    /// <summary>What computes, for people: a kernel set, or a device.</summary>
    public abstract string Name { get; }

    /// <summary>Threads of a step, the caller's included.</summary>
    public virtual int Threads => 1;

    /// <summary>Multiply-adds of products executed so far, padding not counted.</summary>
    public abstract long MultiplyAdds { get; }

    /// <summary>Bytes in which all activations lie.</summary>
    public abstract long WorkspaceBytes { get; }

    /// <summary>The loss of the last step: sum over time, mean over rows.</summary>
    public double Loss { get; protected set; }

    /// <summary>The gradient's length before clipping; NaN when the loss was already not finite.</summary>
    public double GradientNorm { get; protected set; }

    /// <summary>Whether every gradient is that of the last step.</summary>
    public bool HasGradient { get; protected set; }

    /// <summary>Whether the last step changed the weights.</summary>
    public bool Applied { get; protected set; }

    /// <summary>Trains on the window.</summary>
    public abstract void Train();

    /// <summary>Computes the losses of the window without masks and gradients.</summary>
    /// <param name="state">The state before the window, and after it; null for zeros.</param>
    public abstract void Evaluate(LstmState? state);

    /// <summary>The gradient of the last step by one parameter in PyTorch's layout, or null where the model has no such parameter.</summary>
    public abstract float[]? Gradient(string parameter);

    /// <summary>What each phase has cost; empty when nobody asked for it, or it cannot be measured.</summary>
    public virtual IReadOnlyList<PhaseTime> PhaseTimes() => [];

    /// <inheritdoc/>
    public abstract void Dispose();
}
