using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;

namespace SdCompiler.Runtime;

/// <summary>What every emitted training body has, whatever it runs on: the model's parameters, the window in work, and its masks.</summary>
public abstract class TrainerBody
{
    /// <summary>A body.</summary>
    /// <param name="parameters">The model's parameters.</param>
    /// <param name="window">Inputs, targets and losses of one window of [T, B].</param>
    /// <param name="masks">The masks of the variant.</param>
    /// <param name="layers">The LSTM layers whose state goes from window to window.</param>
    internal TrainerBody(ModelParameters parameters, Window window, MaskSet masks, StateLayer[] layers)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(window);
        ArgumentNullException.ThrowIfNull(masks);
        ArgumentNullException.ThrowIfNull(layers);
        Parameters = parameters;
        Window = window;
        Masks = masks;
        StateLayers = layers;
        window.Masks = masks;
    }

    /// <summary>The model's parameters.</summary>
    public ModelParameters Parameters { get; }

    /// <summary>Inputs, targets and losses of the window in work.</summary>
    public Window Window { get; }

    /// <summary>The masks of the window in work.</summary>
    public MaskSet Masks { get; }

    /// <summary>The name of the variant that the body trains; empty for a model without variants.</summary>
    public string Variant { get; init; } = string.Empty;

    /// <summary>The probability with which an embedding drops whole words, by the layer's name; without an entry it drops none.</summary>
    public IReadOnlyDictionary<string, double> WordDropout { get; protected init; } = ReadOnlyDictionary<string, double>.Empty;

    /// <summary>Whether each row of a batch is one whole sentence: nothing is carried from window to window, and no row may be longer than a window.</summary>
    public bool IsSentenceModel { get; protected init; }

    /// <summary>What the body runs on.</summary>
    internal virtual Backends Backend => Backends.Cpu;

    /// <summary>The LSTM layers whose state goes from window to window.</summary>
    internal StateLayer[] StateLayers { get; }

    /// <summary>Makes what runs the body's steps.</summary>
    /// <param name="optimizer">How gradients change weights.</param>
    /// <param name="options">How the trainer runs.</param>
    /// <param name="writer">Who copies batches into the window; knows the caller's order of rows.</param>
    /// <param name="carried">The state that steps start from and end in, or null where each starts at zero.</param>
    internal abstract StepEngine CreateEngine(Optimizer optimizer, TrainerOptions options, WindowWriter writer, LstmState? carried);
}
