using System;
using System.Collections.Generic;
using Xunit;

namespace SdCompiler.Runtime.Tests;

public sealed class CounterRandomTests
{
    /// <summary>The three lines for philox4x32 with 10 rounds of the file kat_vectors of Random123.</summary>
    [Theory]
    [InlineData(0u, 0u, 0u, 0u, 0u, 0u, 0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u)]
    [InlineData(0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu)]
    [InlineData(0x243f6a88u, 0x85a308d3u, 0x13198a2eu, 0x03707344u, 0xa4093822u, 0x299f31d0u, 0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u)]
    public void KnownAnswers(uint c0, uint c1, uint c2, uint c3, uint k0, uint k1, uint w0, uint w1, uint w2, uint w3)
        => Assert.Equal(new RandomBlock(w0, w1, w2, w3), CounterRandom.Block(((ulong)k1 << 32) | k0, c0, c1, c2, c3));

    [Fact]
    public void FillGivesTheBitsOfBlocks()
    {
        for (int length = 0; length <= 257; length++)
        {
            uint[] words = new uint[length];
            CounterRandom.Fill(0x1234567890ABCDEF, 0xFFFFFFFE, 3, 0xFFFFFFFF, 7, words);
            for (int i = 0; i < length; i++)
            {
                Assert.Equal(CounterRandom.Block(0x1234567890ABCDEF, unchecked(0xFFFFFFFE + ((uint)i / 4)), 3, 0xFFFFFFFF, 7)[i % 4], words[i]);
            }
        }
    }

    [Fact]
    public void UnitFloatsAreBelowOneAndCoverTheRange()
    {
        Assert.Equal(0f, CounterRandom.ToUnitFloat(0));
        Assert.Equal(0.99999994f, CounterRandom.ToUnitFloat(uint.MaxValue));
        Assert.Equal(0.5f, CounterRandom.ToUnitFloat(0x80000000));
    }

    [Fact]
    public void KeysOfDifferentPurposesDiffer()
    {
        HashSet<ulong> keys = [];
        for (long seed = -3; seed < 3; seed++)
        {
            for (ulong purpose = 0; purpose < 100; purpose++)
            {
                Assert.True(keys.Add(CounterRandom.Key(seed, purpose)));
            }
        }
    }

    [Fact]
    public void WordsAreUniform()
    {
        uint[] words = new uint[1 << 18];
        CounterRandom.Fill(CounterRandom.Key(1, 2), 0, 0, 0, 0, words);
        int[] buckets = new int[256];
        foreach (uint word in words)
        {
            buckets[word >> 24]++;
        }

        double expected = words.Length / 256.0;
        double chiSquared = 0;
        foreach (int count in buckets)
        {
            chiSquared += (count - expected) * (count - expected) / expected;
        }

        Assert.InRange(chiSquared, 170, 350); // 255 degrees of freedom, about 4 standard deviations
    }
}
