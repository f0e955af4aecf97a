using SdCompiler.Generator.Model;

namespace SdCompiler.Generator.Graph;

/// <summary>One layer of the graph; a stack of n LSTM layers counts n, or 3n where it reads in both directions: each direction, and both side by side.</summary>
/// <param name="Name">A name that is unique in the emitted file, such as <c>Encoder_L1</c>.</param>
/// <param name="Label">The name in texts and checkpoints, such as <c>Encoder.1</c>.</param>
/// <param name="Declared">The member that declares it.</param>
internal sealed record LayerInfo(string Name, string Label, LayerModel Declared)
{
    /// <summary>What it is to that member.</summary>
    public LayerPart Part { get; init; }

    /// <summary>Whether it is one direction of an LSTM over the characters of words: its time is the character, and its rows are words.</summary>
    public bool IsSpelling { get; init; }

    /// <summary>Whether time runs from the last step of each row to its first.</summary>
    public bool IsReverse => Part == LayerPart.Reverse;
}
