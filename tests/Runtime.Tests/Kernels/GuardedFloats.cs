using System;
using System.Runtime.InteropServices;
using Xunit;

namespace SdCompiler.Runtime.Tests;

/// <summary>An aligned array between two runs of guard floats, which <see cref="CheckGuards"/> finds changed if a kernel writes outside.</summary>
internal sealed unsafe class GuardedFloats : IDisposable
{
    private const int Guard = 64;
    private const float Sentinel = 12345.678f;
    private readonly float* memory;

    public GuardedFloats(int length, Random? random = null)
    {
        Length = length;
        memory = (float*)NativeMemory.AlignedAlloc((nuint)(length + (2 * Guard)) * sizeof(float), 64);
        new Span<float>(memory, length + (2 * Guard)).Fill(Sentinel);
        foreach (ref float value in Span)
        {
            value = random is null ? 0 : (random.NextSingle() * 2) - 1;
        }
    }

    public int Length { get; }

    public float* Pointer => memory + Guard;

    public Span<float> Span => new(Pointer, Length);

    public float[] ToArray() => Span.ToArray();

    public void CheckGuards()
    {
        for (int i = 0; i < Guard; i++)
        {
            Assert.Equal(Sentinel, memory[i]);
            Assert.Equal(Sentinel, Pointer[Length + i]);
        }
    }

    public void Dispose() => NativeMemory.AlignedFree(memory);
}
