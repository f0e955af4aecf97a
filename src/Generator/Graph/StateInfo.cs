namespace SdCompiler.Generator.Graph;

/// <summary>The state of an LSTM chain. It goes from window to window, but starts at zero where rows are whole sentences.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Hidden">The value that holds h.</param>
/// <param name="Cell">The value that holds c.</param>
internal sealed record StateInfo(int Layer, int Hidden, int Cell)
{
    /// <summary>Whether it can go from window to window: not that of a chain over the characters of a word.</summary>
    public bool IsCarried { get; init; } = true;
}
