namespace SdCompiler.Samples.LanguageModel.Commands;

/// <summary>What <c>train</c> was asked for; null where the user left the choice open.</summary>
internal sealed record TrainRequest
{
    public string? Data { get; init; }

    public string? Model { get; init; }

    public string? Pattern { get; init; }

    public string? Sites { get; init; }

    public int? Epochs { get; init; }

    public int? FullEpochs { get; init; }

    public double? Decay { get; init; }

    public int? MaxSteps { get; init; }

    public int? Threads { get; init; }

    /// <summary>What it trains on.</summary>
    public Backends Backend { get; init; } = Backends.Cpu;

    /// <summary>The number of the GPU.</summary>
    public int? Device { get; init; }

    /// <summary>Whether the GPU may round factors to tf32.</summary>
    public bool TensorFloat32 { get; init; }

    public int? Seed { get; init; }

    public string? Checkpoint { get; init; }

    public bool Resume { get; init; }

    public string? Metrics { get; init; }
}
