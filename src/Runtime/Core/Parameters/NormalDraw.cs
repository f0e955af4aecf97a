using System;

namespace SdCompiler.Runtime;

/// <summary>Standard normal numbers; number i is a function of the key and i alone.</summary>
internal static class NormalDraw
{
    public static void Fill(Span<float> values, ulong key)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)Number(key, (uint)i);
        }
    }

    /// <summary>Marsaglia's polar method; a rejected pair is drawn again with the next counter, so that numbers stay independent of each other.</summary>
    public static double Number(ulong key, uint index)
    {
        for (uint attempt = 0; ; attempt++)
        {
            RandomBlock block = CounterRandom.Block(key, index, attempt, 1, 0);
            double u = Signed(block.W0, block.W1);
            double v = Signed(block.W2, block.W3);
            double s = (u * u) + (v * v);
            if (s is > 0 and < 1)
            {
                return u * Math.Sqrt(-2 * FastMath.Log(s) / s);
            }
        }
    }

    /// <summary>Uniform in [-1, 1), from 53 bits.</summary>
    private static double Signed(uint high, uint low) => ((((ulong)high << 32) | low) >> 11) * (2.0 / (1UL << 53)) - 1;
}
