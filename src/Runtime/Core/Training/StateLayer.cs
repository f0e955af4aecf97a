namespace SdCompiler.Runtime;

/// <summary>One LSTM layer whose state goes from window to window.</summary>
/// <param name="Name">The layer's name, such as <c>Lower.0</c>.</param>
/// <param name="Units">Hidden units, H.</param>
public readonly record struct StateLayer(string Name, int Units);
