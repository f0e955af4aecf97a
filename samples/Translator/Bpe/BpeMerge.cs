namespace SdCompiler.Samples.Translator.Bpe;

/// <summary>Two symbols that become one.</summary>
/// <param name="Left">The first.</param>
/// <param name="Right">The second; ends with <see cref="BpeCodes.EndOfWord"/> when it ends a word.</param>
internal readonly record struct BpeMerge(string Left, string Right);
