using System.Collections.Generic;

namespace SdCompiler.Samples.Shared;

/// <summary>Choices drawn from a seeded generator, for the samples' own data.</summary>
internal static class RandomChoice
{
    /// <summary>A whole number from 0 up to, not including, a bound.</summary>
    public static int Below(this SplitMix64 random, int bound) => (int)(random.NextDouble() * bound);

    /// <summary>True with a given probability.</summary>
    public static bool Chance(this SplitMix64 random, double probability) => random.NextDouble() < probability;

    /// <summary>One of several things, each with the same probability.</summary>
    public static T Pick<T>(this SplitMix64 random, IReadOnlyList<T> things) => things[random.Below(things.Count)];
}
