using System;
using System.Collections.Generic;

namespace SdCompiler.Samples.GpuCheck.Models;

/// <summary>A model of this program.</summary>
/// <param name="Name">How the command line calls it.</param>
/// <param name="BatchSize">B.</param>
/// <param name="TimeSteps">T.</param>
/// <param name="Vocabulary">Words; 0 for a model of numbers.</param>
/// <param name="Create">Makes one with the weights and masks of a seed.</param>
internal sealed record CheckModel(string Name, int BatchSize, int TimeSteps, int Vocabulary, Func<long, CheckInstance> Create)
{
    /// <summary>The regimes that it is compiled for.</summary>
    public IReadOnlyList<Regime> Regimes { get; init; } = Enum.GetValues<Regime>();

    /// <summary>Units of a layer, for the tables of measurements.</summary>
    public int Units { get; init; }

    /// <summary>The most steps of a window that is checked: the textbook is slow.</summary>
    public int CheckedSteps { get; init; } = TimeSteps;

    /// <summary>The most seeds that it is checked with, for the same reason.</summary>
    public int MostSeeds { get; init; } = int.MaxValue;
}
