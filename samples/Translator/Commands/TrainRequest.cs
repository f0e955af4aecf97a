using SdCompiler.Samples.Translator.Data;

namespace SdCompiler.Samples.Translator.Commands;

/// <summary>What <c>train</c> was asked for; null where the user left the choice open.</summary>
internal sealed record TrainRequest
{
    public required DataOptions Data { get; init; }

    public required CodingOptions Coding { get; init; }

    public string? Model { get; init; }

    public string? Pattern { get; init; }

    public string? Sites { get; init; }

    public int? Epochs { get; init; }

    public string? Optimizer { get; init; }

    public double? Rate { get; init; }

    public int? FullEpochs { get; init; }

    public double? Decay { get; init; }

    public int? MaxSteps { get; init; }

    public int? Threads { get; init; }

    public int? Seed { get; init; }

    public string? Checkpoint { get; init; }

    public bool Resume { get; init; }

    public string? Metrics { get; init; }
}
