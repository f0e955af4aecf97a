namespace SdCompiler.Samples.Translator.Data;

/// <summary>What the user said about how words become numbers; null where the choice is open.</summary>
internal sealed record CodingOptions
{
    /// <summary>What stands for no merges where a file of them is expected.</summary>
    public const string NoMerges = "none";

    /// <summary>A file of merges, or <see cref="NoMerges"/>.</summary>
    public string? Bpe { get; init; }

    /// <summary>How many merges to learn from both training texts together.</summary>
    public int? BpeMerges { get; init; }

    /// <summary>The fewest occurrences in the training text that give a token a number of its own.</summary>
    public int? MinCount { get; init; }

    /// <summary>A file of the source language's tokens.</summary>
    public string? SourceVocabulary { get; init; }

    /// <summary>A file of the target language's tokens.</summary>
    public string? TargetVocabulary { get; init; }

    /// <summary>Whether nothing was said that makes vocabularies of its own, so that those beside the texts are meant.</summary>
    public bool TakesFoundVocabularies => Bpe is null or NoMerges && BpeMerges is null && MinCount is null;
}
