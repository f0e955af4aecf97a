namespace SdCompiler.Samples.Translator.Vocabulary;

/// <summary>A token of a list.</summary>
/// <param name="Token">The token.</param>
/// <param name="Count">How often it was counted; null in a list without counts.</param>
internal readonly record struct TokenEntry(string Token, long? Count);
