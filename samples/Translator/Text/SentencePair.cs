namespace SdCompiler.Samples.Translator.Text;

/// <summary>A sentence and its translation.</summary>
/// <param name="Source">The tokens to translate from.</param>
/// <param name="Target">The tokens to translate into.</param>
/// <param name="Line">The line of both in their files, counted from 1; 0 when they come from no file.</param>
internal sealed record SentencePair(string[] Source, string[] Target, long Line = 0);
