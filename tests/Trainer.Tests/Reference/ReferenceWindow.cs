using System.Collections.Generic;
using System.Linq;

namespace SdCompiler.Trainer.Tests.Reference;

/// <summary>One window of data, time-major.</summary>
/// <param name="Steps">Steps of the longest row.</param>
/// <param name="Rows">Rows.</param>
internal sealed record ReferenceWindow(int Steps, int Rows)
{
    /// <summary>Steps of each row.</summary>
    public IReadOnlyList<int> Lengths { get; init; } = Enumerable.Repeat(Steps, Rows).ToArray();

    /// <summary>Steps of the source side, where there is one.</summary>
    public int SourceSteps { get; init; }

    /// <summary>Steps of each row of the source side.</summary>
    public IReadOnlyList<int> SourceLengths { get; init; } = [];

    /// <summary>[T, B] for each embedding.</summary>
    public Dictionary<string, int[]> Tokens { get; init; } = [];

    /// <summary>[T, B, most characters] for each layer over characters, -1 behind a word's last.</summary>
    public Dictionary<string, int[]> Characters { get; init; } = [];

    /// <summary>[T, B, width] for each series.</summary>
    public Dictionary<string, float[]> Series { get; init; } = [];

    /// <summary>[T, B], or [B] for a classification.</summary>
    public int[] TargetTokens { get; init; } = [];

    /// <summary>[T, B, outputs].</summary>
    public float[] TargetSeries { get; init; } = [];

    /// <summary>Whether a row has a step t.</summary>
    public bool Has(int t, int row) => t < Lengths[row];
}
