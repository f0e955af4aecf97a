namespace SdCompiler.Samples.Translator.Data;

/// <summary>Two files whose lines belong together.</summary>
/// <param name="Source">The path of the sentences to translate from.</param>
/// <param name="Target">The path of their translations.</param>
internal sealed record PairFiles(string Source, string Target);
