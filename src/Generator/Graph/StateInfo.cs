namespace SdCompiler.Generator.Graph;

/// <summary>The state that an LSTM layer carries from window to window.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Hidden">The value that holds h.</param>
/// <param name="Cell">The value that holds c.</param>
internal sealed record StateInfo(int Layer, int Hidden, int Cell);
