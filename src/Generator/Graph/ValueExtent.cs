namespace SdCompiler.Generator.Graph;

/// <summary>How many time slots a value has.</summary>
internal enum ValueExtent
{
    /// <summary>One slot for each step of the window.</summary>
    Steps,

    /// <summary>One more: slot 0 is the state carried into the window.</summary>
    Carried,

    /// <summary>
    /// Two more, for a chain from the last step to the first: step t stands in slot t + 1 here too, and its previous step in slot t + 2, so the slot behind a row's last step
    /// holds the zeros that its chain starts from. Slot 0 is not used.
    /// </summary>
    Reversed,

    /// <summary>One slot for each step of a chunk of the loss.</summary>
    Chunk,

    /// <summary>One slot, used again at every step or once per window.</summary>
    Once,
}
