namespace SdCompiler.Samples.Translator.Decoding;

/// <summary>A translation in words.</summary>
/// <param name="Words">The words; none for an empty sentence.</param>
/// <param name="Score">What translations of one sentence are ordered by.</param>
internal sealed record TranslatedText(string[] Words, double Score);
