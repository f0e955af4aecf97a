using System.Collections.Generic;

namespace SdCompiler.Samples.Translator.Vocabulary;

/// <summary>The tokens that every vocabulary begins with, whose numbers are always the same.</summary>
internal static class SpecialTokens
{
    /// <summary>Fills up short rows.</summary>
    public const string Padding = "<pad>";

    /// <summary>Stands for tokens without a number of their own.</summary>
    public const string Unknown = "<unk>";

    /// <summary>What a decoder reads first.</summary>
    public const string Begin = "<s>";

    /// <summary>What a decoder writes last.</summary>
    public const string End = "</s>";

    /// <summary>The number of <see cref="Padding"/>.</summary>
    public const int PaddingId = 0;

    /// <summary>The number of <see cref="Unknown"/>.</summary>
    public const int UnknownId = 1;

    /// <summary>The number of <see cref="Begin"/>.</summary>
    public const int BeginId = 2;

    /// <summary>The number of <see cref="End"/>.</summary>
    public const int EndId = 3;

    /// <summary>All of them in the order of their numbers.</summary>
    public static IReadOnlyList<string> All { get; } = [Padding, Unknown, Begin, End];
}
