namespace SdCompiler.Samples.Tagger.Commands;

/// <summary>What <c>train</c> was asked for; null where the user left the choice open.</summary>
internal sealed record TrainRequest
{
    public string? Data { get; init; }

    public string? Vectors { get; init; }

    public string? FineTune { get; init; }

    public string? Spelling { get; init; }

    public string? Pattern { get; init; }

    public string? Sites { get; init; }

    public string? Batches { get; init; }

    public int? Epochs { get; init; }

    /// <summary>Epochs without a better validation after which training ends.</summary>
    public int? Patience { get; init; }

    public int? MaxSteps { get; init; }

    public int? Threads { get; init; }

    public int? Seed { get; init; }

    public string? Checkpoint { get; init; }

    public bool Resume { get; init; }

    public string? Metrics { get; init; }
}
