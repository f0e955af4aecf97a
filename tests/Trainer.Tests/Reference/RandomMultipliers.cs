using System;

namespace SdCompiler.Trainer.Tests.Reference;

/// <summary>Multipliers from a hash of their address: masks for the reference's own tests, where no trainer draws any.</summary>
internal sealed class RandomMultipliers(double rate, int seed) : IMultipliers
{
    public double Unit(string layer, int index, DropoutSites site, int t, int unit, int row) => Draw(layer, [index, (int)site, t, unit, row]);

    public double Weight(string layer, int index, int t, int unit, int output) => Draw(layer, [index, 8, t, unit, output]);

    public double Word(string layer, int token) => Draw(layer, [token]);

    private double Draw(string layer, ReadOnlySpan<int> address)
    {
        // FNV-1a: string.GetHashCode differs from run to run.
        uint hash = 2166136261u ^ (uint)seed;
        foreach (char letter in layer)
        {
            hash = (hash ^ letter) * 16777619u;
        }

        foreach (int number in address)
        {
            hash = (hash ^ (uint)(number + 1)) * 16777619u;
        }

        double uniform = ((hash ^ (hash >> 15)) * 2654435769u) / (uint.MaxValue + 1.0);
        return uniform < rate ? 0 : 1 / (1 - rate);
    }
}
