using SdCompiler.Runtime;
using SdCompiler.Samples.Benchmarks.Models;

namespace SdCompiler.Samples.Benchmarks.Commands;

/// <summary>What <c>step</c> was asked for.</summary>
internal sealed record StepRequest
{
    /// <summary>The model.</summary>
    public required StepModel Model { get; init; }

    /// <summary>Threads of a step.</summary>
    public required int Threads { get; init; }

    /// <summary>Rounds.</summary>
    public required int Runs { get; init; }

    /// <summary>The peers' folder, or null for none.</summary>
    public string? Peers { get; init; }

    /// <summary>The patterns that were asked for; empty for the default list.</summary>
    public required string[] Patterns { get; init; }

    /// <summary>The sites that were asked for, or null for the default of each pattern.</summary>
    public string? Sites { get; init; }

    /// <summary>The kernels.</summary>
    public required KernelSet Kernels { get; init; }

    /// <summary>Where to write JSON, or null.</summary>
    public string? Json { get; init; }

    /// <summary>The command line, as results keep it.</summary>
    public required string CommandLine { get; init; }
}
