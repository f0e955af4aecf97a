using System;

namespace SdCompiler.Runtime;

/// <summary>The units that one product reads at one time step, and what they are multiplied by.</summary>
public readonly unsafe struct KeptUnits
{
    /// <summary>Entries behind every list that a kernel may read, whatever they hold: it fetches rows of weights ahead of their use.</summary>
    internal const int Ahead = 32;

    internal KeptUnits(int* units, int count, float scale)
    {
        Units = units;
        Count = count;
        Scale = scale;
    }

    /// <summary>How many units are kept; a Bernoulli mask may keep none.</summary>
    public int Count { get; }

    /// <summary>The multiplier of every kept unit: n/kept for fixed counts, 1/keep for Bernoulli, 1 without dropout.</summary>
    public float Scale { get; }

    /// <summary>The units, ascending and distinct.</summary>
    public ReadOnlySpan<int> Span => new(Units, Count);

    internal int* Units { get; }

    /// <summary>How many of the units come before <paramref name="unit"/>: its place in the list when it is kept.</summary>
    internal int Before(int unit)
    {
        int found = Span.BinarySearch(unit);
        return found < 0 ? ~found : found;
    }
}
