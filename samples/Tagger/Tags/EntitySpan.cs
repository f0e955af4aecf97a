namespace SdCompiler.Samples.Tagger.Tags;

/// <summary>An entity within a sentence.</summary>
/// <param name="Start">Its first word.</param>
/// <param name="End">The word after its last.</param>
/// <param name="Type">Its type.</param>
internal readonly record struct EntitySpan(int Start, int End, string Type);
