namespace SdCompiler.Generator.Graph;

/// <summary>How many time slots a value has.</summary>
internal enum ValueExtent
{
    /// <summary>One slot for each step of the window.</summary>
    Steps,

    /// <summary>One more: slot 0 is the state carried into the window.</summary>
    Carried,

    /// <summary>One slot for each step of a chunk of the loss.</summary>
    Chunk,

    /// <summary>One slot, used again at every step or once per window.</summary>
    Once,
}
