using System;
using System.Collections.Generic;

namespace SdCompiler.Runtime;

/// <summary>
/// The base of every training body emitted for the CPU: one model's buffers and its straight-line forward and backward passes. Every lane runs both
/// methods; where a lane reads what another wrote, the emitted code places a barrier.
/// </summary>
public abstract class CpuTrainerBody : TrainerBody
{
    private readonly StateSlot[] _slots;

    /// <summary>A body with its buffers.</summary>
    /// <param name="parameters">The model's parameters; plain rows for the backward products are made here.</param>
    /// <param name="window">Inputs, targets and losses of one window of [T, B].</param>
    /// <param name="masks">The masks of the variant.</param>
    /// <param name="state">Where each LSTM layer keeps its state.</param>
    /// <param name="workspaceFloats">The length of the workspace.</param>
    protected CpuTrainerBody(ModelParameters parameters, Window window, MaskSet masks, StateSlot[] state, long workspaceFloats)
        : base(parameters, window, masks, Array.ConvertAll(state, slot => slot.Layer))
    {
        _slots = (StateSlot[])state.Clone();
        Ws = new Workspace(workspaceFloats);
        foreach (Parameter parameter in parameters.All)
        {
            (parameter as MatrixParameter)?.EnsureRows();
        }
    }

    /// <summary>The gradient of every parameter, each exactly once.</summary>
    public IReadOnlyList<ParameterGradient> Gradients { get; protected init; } = [];

    /// <summary>Where each LSTM layer keeps the state that goes from window to window.</summary>
    public ReadOnlySpan<StateSlot> StateSlots => _slots;

    /// <summary>The block of memory in which all buffers of the body lie.</summary>
    protected internal Workspace Ws { get; }

    /// <summary>Computes the window's losses. While <c>w.Training</c>, masks apply and the loss layer's own backward products are done as well, chunk by chunk.</summary>
    /// <param name="lane">Who runs.</param>
    /// <param name="w">The window.</param>
    public abstract void Forward(Lane lane, Window w);

    /// <summary>Computes all remaining gradients; afterwards every gradient and the sums of its squares are complete.</summary>
    /// <param name="lane">Who runs.</param>
    /// <param name="w">The window.</param>
    public abstract void Backward(Lane lane, Window w);

    internal override StepEngine CreateEngine(Optimizer optimizer, TrainerOptions options, WindowWriter writer, LstmState? carried)
    {
        string? option = options.TensorFloat32 ? nameof(options.TensorFloat32) : options.Device != 0 ? nameof(options.Device) : null;
        return option is null
            ? new CpuStepEngine(this, optimizer, options, writer, carried)
            : throw new ArgumentException($"TrainerOptions.{option} is for GPUs; leave it out, or set Backend to Backends.Cuda.", nameof(options));
    }
}
