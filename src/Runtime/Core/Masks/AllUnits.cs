using System.Collections.Generic;
using System.Threading;

namespace SdCompiler.Runtime;

/// <summary>The list 0, 1, 2, ... that products read where nothing is dropped; one for the whole process, growing to the widest layer.</summary>
internal static class AllUnits
{
    private static readonly Lock Growth = new();
    private static volatile AlignedBuffer<int> list = Make(1024);

    // Lists that were handed out stay valid: a window may hold a pointer into one.
    private static readonly List<AlignedBuffer<int>> Outgrown = [];

    /// <summary>The list of units 0 to <paramref name="units"/> (not included).</summary>
    public static unsafe KeptUnits Of(int units)
    {
        AlignedBuffer<int> current = list;
        if (current.Length < units + KeptUnits.Ahead)
        {
            current = Grow(units);
        }

        return new KeptUnits(current.Pointer, units, 1f);
    }

    private static AlignedBuffer<int> Grow(int units)
    {
        lock (Growth)
        {
            if (list.Length < units + KeptUnits.Ahead)
            {
                Outgrown.Add(list);
                list = Make(long.Max((long)units + KeptUnits.Ahead, 2L * list.Length));
            }

            return list;
        }
    }

    private static AlignedBuffer<int> Make(long length)
    {
        AlignedBuffer<int> buffer = new(length);
        for (int i = 0; i < buffer.Length; i++)
        {
            buffer.Span[i] = i;
        }

        return buffer;
    }
}
