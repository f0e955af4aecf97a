using System;
using System.ComponentModel;

namespace SdCompiler.Runtime;

/// <summary>Puts the units of one layer among those of a concatenation.</summary>
/// <remarks>For emitted code: offsets and sizes are planned at build time, and what they reach is not checked.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ConcatUnits
{
    /// <summary>to[t][at + k][b] = from[t][k][b] for the running rows. Steps are split over lanes; no barrier.</summary>
    /// <param name="lane">The caller.</param>
    /// <param name="w">The window.</param>
    /// <param name="ws">The workspace.</param>
    /// <param name="from">Offset of the layer's output, [T, fromUnits, B].</param>
    /// <param name="fromUnits">Its units.</param>
    /// <param name="to">Offset of the concatenation, [T, toUnits, B].</param>
    /// <param name="toUnits">Its units.</param>
    /// <param name="at">Where the layer's units begin in it.</param>
    /// <param name="B">Rows from one unit to the next.</param>
    public static unsafe void Forward(Lane lane, Window w, Workspace ws, int from, int fromUnits, int to, int toUnits, int at, int B)
    {
        Share share = lane.Share(w.Steps);
        for (int t = share.Start; t < share.End; t++)
        {
            // Rows that have ended are copied along: whole units are one block of memory, and nobody reads them.
            float* source = ws.At(from) + ((long)t * fromUnits * B);
            float* target = ws.At(to) + ((((long)t * toUnits) + at) * B);
            new ReadOnlySpan<float>(source, fromUnits * B).CopyTo(new Span<float>(target, fromUnits * B));
        }
    }

    /// <summary>dFrom[t][k][b] (+)= dTo[t][at + k][b] for the running rows. Steps are split over lanes; no barrier.</summary>
    /// <param name="lane">The caller.</param>
    /// <param name="w">The window.</param>
    /// <param name="ws">The workspace.</param>
    /// <param name="dTo">Offset of the concatenation's gradient, [T, toUnits, B].</param>
    /// <param name="toUnits">Its units.</param>
    /// <param name="at">Where the layer's units begin in it.</param>
    /// <param name="dFrom">Offset of the layer's gradient, [T, fromUnits, B].</param>
    /// <param name="fromUnits">Its units.</param>
    /// <param name="B">Rows from one unit to the next.</param>
    /// <param name="accumulate">True where another layer has already written dFrom.</param>
    public static unsafe void Backward(Lane lane, Window w, Workspace ws, int dTo, int toUnits, int at, int dFrom, int fromUnits, int B, bool accumulate)
    {
        Share share = lane.Share(w.Steps);
        for (int t = share.Start; t < share.End; t++)
        {
            int rows = w.RowsAt(t);
            for (int k = 0; k < fromUnits; k++)
            {
                float* source = ws.At(dTo) + ((((long)t * toUnits) + at + k) * B);
                float* target = ws.At(dFrom) + ((((long)t * fromUnits) + k) * B);
                lane.Kernels.Scale(source, 1f, target, rows, accumulate);
            }
        }
    }
}
