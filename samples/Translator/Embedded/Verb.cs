namespace SdCompiler.Samples.Translator.Embedded;

/// <summary>A verb of both languages.</summary>
/// <param name="Base">In English after <c>do</c> and with several subjects.</param>
/// <param name="Third">In English with one subject.</param>
/// <param name="Past">In English, in the past.</param>
/// <param name="Stem">In the other language, without endings.</param>
internal sealed record Verb(string Base, string Third, string Past, string Stem);
