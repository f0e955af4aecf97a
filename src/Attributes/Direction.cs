namespace SdCompiler;

/// <summary>In which direction of time an LSTM reads its sequences.</summary>
public enum Direction
{
    /// <summary>From the first step to the last; the state goes on from window to window.</summary>
    Forward = 0,

    /// <summary>
    /// A second LSTM of its own reads each sequence from its last step to its first, and both outputs stand side by side. It has to see the end of a
    /// sequence first, so every row of a batch is one whole sentence, and nothing is carried from one batch to the next.
    /// </summary>
    Both = 1,
}
