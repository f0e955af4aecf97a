using System.ComponentModel;

namespace SdCompiler.Runtime;

/// <summary>
/// What a product reads at a step whose mask the batch shares: the kept units alone, side by side and scaled. The products then walk through
/// consecutive memory, forward and in the weight gradient, and only weights are looked up by number.
/// </summary>
/// <remarks>
/// Without training, and at a site that drops nothing, every unit is copied. Only running rows are read and written.
/// For emitted code: offsets and sizes are planned at build time, and what they reach is not checked.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class PackedInput
{
    /// <summary>M3  xk[t][j] = s * x[t][K(t)[j]], for steps [first, first + count). Units are split over lanes; no barrier.</summary>
    /// <param name="lane">The caller.</param>
    /// <param name="w">The window: running rows and kept units of each step.</param>
    /// <param name="ws">The workspace.</param>
    /// <param name="x">Offset of step 0, [T, units, B].</param>
    /// <param name="packed">Offset of step 0, [T, units, B]; rows beyond the kept units are not written.</param>
    /// <param name="units">Units of x.</param>
    /// <param name="B">Rows from one unit to the next.</param>
    /// <param name="site">The site's number.</param>
    /// <param name="first">The first step.</param>
    /// <param name="count">How many steps.</param>
    public static void Window(Lane lane, Window w, Workspace ws, int x, int packed, int units, int B, int site, int first, int count)
    {
        Share own = lane.Share(units);
        for (int t = first; t < first + count; t++)
        {
            long step = (long)t * units * B;
            Pack(lane.Kernels, w.Kept(site, t, units), own, ws.At(x) + step, ws.At(packed) + step, B, w.RowsAt(t));
        }
    }

    /// <summary>The kept units among some, from [units, B] to [kept, B].</summary>
    internal static void Pack(KernelSet kernels, KeptUnits kept, Share units, float* x, float* packed, int B, int rows)
    {
        int start = kept.Before(units.Start), end = kept.Before(units.End);
        kernels.PackRows(x, B, kept.Units + start, end - start, kept.Scale, packed + ((long)start * B), rows);
    }
}
