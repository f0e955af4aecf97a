using System;
using System.Runtime.CompilerServices;

namespace SdCompiler.Runtime;

/// <summary>Zeroed managed memory that never moves and starts at a multiple of 64 bytes, so that a vector load never crosses a cache line.</summary>
/// <typeparam name="T">An unmanaged element type whose size divides 64.</typeparam>
/// <remarks>The array lives on the pinned object heap: no finalizer, no disposal. Pointers are valid as long as this object is reachable.</remarks>
internal sealed unsafe class AlignedBuffer<T>
    where T : unmanaged
{
    private const int Alignment = 64;
    private readonly T[] array;

    public AlignedBuffer(long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        int slack = Alignment / sizeof(T);
        if (length > Array.MaxLength - slack)
        {
            throw new ArgumentOutOfRangeException(
                nameof(length), length, $"One buffer holds at most {Array.MaxLength - slack} elements; use a smaller batch, window or layer.");
        }

        array = GC.AllocateArray<T>((int)length + slack, pinned: true);
        HugePages.Advise(Unsafe.AsPointer(ref array[0]), (long)array.Length * sizeof(T));
        byte* start = (byte*)Unsafe.AsPointer(ref array[0]);
        Pointer = (T*)(start + (int)((Alignment - ((nuint)start % Alignment)) % Alignment));
        Length = (int)length;
    }

    /// <summary>The first element; a multiple of 64 bytes.</summary>
    public T* Pointer { get; }

    public int Length { get; }

    public Span<T> Span => new(Pointer, Length);
}
