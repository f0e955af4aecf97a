using System.Collections.Generic;

namespace SdCompiler.Samples.GpuCheck.Commands;

/// <summary>What the command line asks for.</summary>
internal sealed record CheckOptions
{
    /// <summary>Compare with the textbook.</summary>
    public bool Verify { get; init; }

    /// <summary>Measure steps.</summary>
    public bool Bench { get; init; }

    /// <summary>List devices and models.</summary>
    public bool List { get; init; }

    /// <summary>Say how the program is called.</summary>
    public bool Help { get; init; }

    /// <summary>Names of models; empty means all but <c>tiny</c>.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];

    /// <summary>Batch sizes that are measured.</summary>
    public IReadOnlyList<int> Batches { get; init; } = [20, 64, 256];

    /// <summary>fp32, tf32 or both.</summary>
    public IReadOnlyList<string> Precisions { get; init; } = ["fp32", "tf32"];

    /// <summary>About how long one kind of measurement of one case may take.</summary>
    public double Seconds { get; init; } = 10;

    /// <summary>The first seed of verification; null means a new one.</summary>
    public long? Seed { get; init; }

    /// <summary>How many seeds each case is verified with.</summary>
    public int Seeds { get; init; } = 3;

    /// <summary>The file for the rows of measurements, or null.</summary>
    public string? Csv { get; init; }

    /// <summary>The number of the GPU.</summary>
    public int Device { get; init; }
}
