namespace SdCompiler.Generator.Model;

/// <summary>What a layer over the characters of words has beside its outputs.</summary>
/// <param name="Width">The length of a character's vector.</param>
/// <param name="Window">Neighbouring characters that a filter sees; 0 for an LSTM.</param>
/// <param name="MaximumLength">The most characters of a word.</param>
internal sealed record CharacterModel(int Width, int Window, int MaximumLength);
