using System;
using Xunit;

namespace SdCompiler.Runtime.Tests;

/// <summary>Floats at a chosen distance from an aligned address, with guard elements before and after to catch a kernel that writes outside its range.</summary>
internal sealed unsafe class UnalignedFloats
{
    private const int Guards = 32;
    private const float Guard = -7.0312e30f;
    private readonly AlignedBuffer<float> buffer;
    private readonly int offset;

    /// <param name="length">The floats in between.</param>
    /// <param name="offset">0 to 15: how far the first one is from an aligned address.</param>
    public UnalignedFloats(int length, int offset = 0)
    {
        this.offset = offset;
        Length = length;
        buffer = new AlignedBuffer<float>((2 * Guards) + length + offset);
        buffer.Span.Fill(Guard);
        Span.Clear();
    }

    public int Length { get; }

    public float* Pointer => buffer.Pointer + Guards + offset;

    public Span<float> Span => buffer.Span.Slice(Guards + offset, Length);

    /// <summary>Uniform in [-range, range), the same for the same seed.</summary>
    public UnalignedFloats Random(ulong seed, float range = 1)
    {
        uint[] words = new uint[Length];
        CounterRandom.Fill(seed, 0, 0, 0, 0, words);
        for (int i = 0; i < Length; i++)
        {
            Span[i] = range * ((2 * CounterRandom.ToUnitFloat(words[i])) - 1);
        }

        return this;
    }

    public void AssertGuards()
    {
        Assert.Equal(-1, buffer.Span[..(Guards + offset)].IndexOfAnyExcept(Guard));
        Assert.Equal(-1, buffer.Span[(Guards + offset + Length)..].IndexOfAnyExcept(Guard));
    }
}
