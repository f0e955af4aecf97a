using System.Collections.Generic;

namespace SdCompiler.Trainer.Tests.Reference;

/// <summary>The negative log-likelihood of each row's tags under a linear-chain CRF.</summary>
internal sealed record CrfSpec(string Name, int Tags) : LayerSpec(Name)
{
    /// <summary>The dimension that gives the number of tags, or null where it is a constant.</summary>
    public string? Dimension { get; init; }

    protected override (string Name, List<string> Arguments) Describe() => ("Crf", [Dimension is null ? Text(Tags) : "nameof(" + Dimension + ")"]);
}
