using System;

namespace SdCompiler.Runtime;

/// <summary>
/// Philox4x32-10, a counter-based random generator: each block of four 32-bit words is a function of a 64-bit key and a 128-bit counter alone,
/// so that any draw can be made again without the ones before it, by any thread, in any order.
/// </summary>
/// <remarks>Source: Salmon, Moraes, Dror, Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3"; known answers from the authors' Random123 library.</remarks>
public static class CounterRandom
{
    internal const int Rounds = 10;
    internal const uint Multiplier0 = 0xD2511F53;
    internal const uint Multiplier1 = 0xCD9E8D57;
    internal const uint Weyl0 = 0x9E3779B9;
    internal const uint Weyl1 = 0xBB67AE85;

    /// <summary>One block: four words, for one key and counter.</summary>
    /// <param name="key">The key; its low 32 bits are the generator's first key word.</param>
    /// <param name="c0">Counter word 0.</param>
    /// <param name="c1">Counter word 1.</param>
    /// <param name="c2">Counter word 2.</param>
    /// <param name="c3">Counter word 3.</param>
    public static RandomBlock Block(ulong key, uint c0, uint c1, uint c2, uint c3)
    {
        uint k0 = (uint)key;
        uint k1 = (uint)(key >> 32);
        for (int round = 0; round < Rounds; round++)
        {
            ulong p0 = (ulong)Multiplier0 * c0;
            ulong p1 = (ulong)Multiplier1 * c2;
            c0 = (uint)(p1 >> 32) ^ c1 ^ k0;
            c1 = (uint)p1;
            c2 = (uint)(p0 >> 32) ^ c3 ^ k1;
            c3 = (uint)p0;
            k0 += Weyl0;
            k1 += Weyl1;
        }

        return new RandomBlock(c0, c1, c2, c3);
    }

    /// <summary>The words of consecutive blocks of a stream, one after the other: word i is word i%4 of the block whose counter word 0 is <paramref name="c0"/> + i/4.</summary>
    /// <param name="key">The key.</param>
    /// <param name="c0">Counter word 0 of the first block.</param>
    /// <param name="c1">Counter word 1.</param>
    /// <param name="c2">Counter word 2.</param>
    /// <param name="c3">Counter word 3.</param>
    /// <param name="words">Receives the words.</param>
    /// <remarks>The same bits as <see cref="Block"/>, on every instruction set.</remarks>
    public static unsafe void Fill(ulong key, uint c0, uint c1, uint c2, uint c3, Span<uint> words)
    {
        int block;
        fixed (uint* to = words)
        {
            block = PhiloxBlocks.FillConsecutive(key, c0, c1, c2, c3, to, words.Length / 4);
        }

        for (; block * 4 < words.Length; block++)
        {
            RandomBlock last = Block(key, c0 + (uint)block, c1, c2, c3);
            for (int i = 0; i < 4 && (block * 4) + i < words.Length; i++)
            {
                words[(block * 4) + i] = last[i];
            }
        }
    }

    /// <summary>A number in [0, 1) from the upper 24 bits of a word: every value is an exact float.</summary>
    /// <param name="word">A random word.</param>
    public static float ToUnitFloat(uint word) => (word >> 8) * (1f / (1 << 24));

    /// <summary>Makes a key out of a seed and what the draws are for. Different purposes give unrelated streams.</summary>
    /// <param name="seed">The user's seed.</param>
    /// <param name="purpose">What the draws are for, as a number.</param>
    public static ulong Key(long seed, ulong purpose) => Mix(Mix((ulong)seed) ^ Mix(purpose + 0x9E3779B97F4A7C15UL));

    /// <summary>The finaliser of SplitMix64 (Steele, Lea, Flood 2014): a bijection that spreads every bit.</summary>
    private static ulong Mix(ulong z)
    {
        z += 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
