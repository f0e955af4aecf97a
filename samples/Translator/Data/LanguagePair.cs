namespace SdCompiler.Samples.Translator.Data;

/// <summary>Which way is translated, by the suffixes of the languages' files.</summary>
/// <param name="Source">The language to translate from.</param>
/// <param name="Target">The language to translate into.</param>
internal readonly record struct LanguagePair(string Source, string Target)
{
    /// <summary>As people write it: <c>de-en</c>.</summary>
    public override string ToString() => $"{Source}-{Target}";
}
