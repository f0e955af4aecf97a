using System.Collections.Generic;

namespace SdCompiler.Samples.Translator.Data;

/// <summary>Where the texts are.</summary>
/// <param name="Folder">The folder, or null for the sample's own texts.</param>
/// <param name="From">The suffix of the source language, or null to guess it.</param>
/// <param name="To">The suffix of the target language, or null to guess it.</param>
/// <param name="Prefixes">The prefixes of parts that the user named.</param>
internal sealed record DataOptions(string? Folder, string? From, string? To, IReadOnlyDictionary<TextPart, string> Prefixes)
{
    /// <summary>The sample's own texts.</summary>
    public static DataOptions Own { get; } = new(null, null, null, new Dictionary<TextPart, string>());
}
