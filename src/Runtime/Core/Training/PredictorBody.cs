using System;

namespace SdCompiler.Runtime;

/// <summary>The base of every emitted prediction body: one step of forward computation, without gradients, masks or plain rows.</summary>
public abstract class PredictorBody
{
    private readonly StateSlot[] _slots;

    /// <summary>A body with its buffers.</summary>
    /// <param name="parameters">The model's parameters, shared with its trainers.</param>
    /// <param name="window">Inputs of one step: T is 1, B the rows that are computed together.</param>
    /// <param name="state">Where each LSTM layer keeps its state.</param>
    /// <param name="workspaceFloats">The length of the workspace.</param>
    /// <param name="output">Where <see cref="ForwardStep"/> leaves the outputs, in floats: [row][<paramref name="outputStride"/>].</param>
    /// <param name="outputWidth">Outputs of one row: classes, or numbers.</param>
    /// <param name="outputStride">Floats from one row of the outputs to the next.</param>
    protected PredictorBody(ModelParameters parameters, Window window, StateSlot[] state, long workspaceFloats, int output, int outputWidth, int outputStride)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(window);
        ArgumentNullException.ThrowIfNull(state);
        Parameters = parameters;
        Window = window;
        _slots = (StateSlot[])state.Clone();
        StateLayers = Array.ConvertAll(_slots, slot => slot.Layer);
        Ws = new Workspace(workspaceFloats);
        Output = output;
        OutputWidth = outputWidth;
        OutputStride = outputStride;
    }

    /// <summary>The model's parameters.</summary>
    public ModelParameters Parameters { get; }

    /// <summary>Inputs of the step in work.</summary>
    public Window Window { get; }

    /// <summary>Outputs of one row: classes, or numbers.</summary>
    public int OutputWidth { get; }

    /// <summary>True where every step has an output, false where only a row's last step has one (classification of a sequence).</summary>
    public bool PerStep { get; protected init; } = true;

    /// <summary>Where each LSTM layer keeps the state that goes from step to step.</summary>
    public ReadOnlySpan<StateSlot> StateSlots => _slots;

    /// <summary>The block of memory in which all buffers of the body lie.</summary>
    protected internal Workspace Ws { get; }

    internal int Output { get; }

    internal int OutputStride { get; }

    internal StateLayer[] StateLayers { get; }

    /// <summary>Computes one step: log-probabilities (natural logarithm) or numbers, at the output's place; the new state in slot 1.</summary>
    /// <param name="lane">Who runs: every lane calls it, and barriers inside part what one lane writes from what another reads.</param>
    /// <param name="w">The window of one step.</param>
    public abstract void ForwardStep(Lane lane, Window w);
}
