using System;

namespace SdCompiler;

/// <summary>The places of a layer where dropout may act.</summary>
[Flags]
public enum DropoutSites
{
    /// <summary>No dropout anywhere: the dense model.</summary>
    None = 0,

    /// <summary>On what a layer reads from the layer below (non-recurrent, NR).</summary>
    Input = 1,

    /// <summary>On the hidden state that an LSTM reads from its previous step (recurrent, RH).</summary>
    Recurrent = 2,

    /// <summary>On what a layer gives to every layer that reads it.</summary>
    Output = 4,

    /// <summary>On the recurrent weights of an LSTM (DropConnect): single weights under the random patterns, whole rows under the structured ones.</summary>
    Weight = 8,

    /// <summary>On the contexts of a mixture of softmaxes, between its two products.</summary>
    Latent = 16,

    /// <summary>Every site.</summary>
    All = Input | Recurrent | Output | Weight | Latent,
}
