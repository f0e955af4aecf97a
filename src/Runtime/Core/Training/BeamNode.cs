namespace SdCompiler.Runtime;

/// <summary>One token of a translation in a search.</summary>
/// <param name="Before">The node of the token before it, or -1.</param>
/// <param name="Row">The row of the sentence that gave it.</param>
/// <param name="Token">The token.</param>
/// <param name="LogProbability">Of the translation up to it.</param>
internal readonly record struct BeamNode(int Before, int Row, int Token, double LogProbability)
{
    /// <summary>The attention weights of the step that gave it, or null.</summary>
    public float[]? Alignment { get; init; }
}
