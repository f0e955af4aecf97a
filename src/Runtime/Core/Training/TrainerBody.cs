using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;

namespace SdCompiler.Runtime;

/// <summary>
/// The base of every emitted training body: one model's buffers and its straight-line forward and backward passes. Every lane runs both
/// methods; where a lane reads what another wrote, the emitted code places a barrier.
/// </summary>
public abstract class TrainerBody
{
    private readonly StateSlot[] _slots;

    /// <summary>A body with its buffers.</summary>
    /// <param name="parameters">The model's parameters; plain rows for the backward products are made here.</param>
    /// <param name="window">Inputs, targets and losses of one window of [T, B].</param>
    /// <param name="masks">The masks of the variant.</param>
    /// <param name="state">Where each LSTM layer keeps its state.</param>
    /// <param name="workspaceFloats">The length of the workspace.</param>
    protected TrainerBody(ModelParameters parameters, Window window, MaskSet masks, StateSlot[] state, long workspaceFloats)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(window);
        ArgumentNullException.ThrowIfNull(masks);
        ArgumentNullException.ThrowIfNull(state);
        Parameters = parameters;
        Window = window;
        Masks = masks;
        _slots = (StateSlot[])state.Clone();
        Ws = new Workspace(workspaceFloats);
        window.Masks = masks;
        foreach (Parameter parameter in parameters.All)
        {
            (parameter as MatrixParameter)?.EnsureRows();
        }
    }

    /// <summary>The model's parameters.</summary>
    public ModelParameters Parameters { get; }

    /// <summary>Inputs, targets and losses of the window in work.</summary>
    public Window Window { get; }

    /// <summary>The masks of the window in work.</summary>
    public MaskSet Masks { get; }

    /// <summary>The gradient of every parameter, each exactly once.</summary>
    public IReadOnlyList<ParameterGradient> Gradients { get; protected init; } = [];

    /// <summary>The name of the variant that the body trains; empty for a model without variants.</summary>
    public string Variant { get; init; } = string.Empty;

    /// <summary>The probability with which an embedding drops whole words, by the layer's name; without an entry it drops none.</summary>
    public IReadOnlyDictionary<string, double> WordDropout { get; protected init; } = ReadOnlyDictionary<string, double>.Empty;

    /// <summary>Where each LSTM layer keeps the state that goes from window to window.</summary>
    public ReadOnlySpan<StateSlot> StateSlots => _slots;

    /// <summary>The block of memory in which all buffers of the body lie.</summary>
    protected internal Workspace Ws { get; }

    internal StateSlot[] SlotArray => _slots;

    /// <summary>Computes the window's losses. While <c>w.Training</c>, masks apply and the loss layer's own backward products are done as well, chunk by chunk.</summary>
    /// <param name="lane">Who runs.</param>
    /// <param name="w">The window.</param>
    public abstract void Forward(Lane lane, Window w);

    /// <summary>Computes all remaining gradients; afterwards every gradient and the sums of its squares are complete.</summary>
    /// <param name="lane">Who runs.</param>
    /// <param name="w">The window.</param>
    public abstract void Backward(Lane lane, Window w);
}
