using System;
using System.ComponentModel;

namespace SdCompiler.Runtime;

/// <summary>Dropout as an element-wise product, for the sites that cannot be compacted and for the outputs of layers; any pattern.</summary>
/// <remarks>
/// Without training, or at a site that drops nothing, every multiplier is 1. Only running rows are read and written. Reading and writing the same place is allowed.
/// For emitted code: offsets and sizes are planned at build time, and what they reach is not checked.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ElementMask
{
    /// <summary>to[t] = from[t] * multipliers, for steps [first, first + count). Units of all steps are split over lanes; no barrier.</summary>
    /// <param name="lane">The caller.</param>
    /// <param name="w">The window.</param>
    /// <param name="ws">The workspace.</param>
    /// <param name="from">Offset of step 0, [T, units, B].</param>
    /// <param name="to">Offset of step 0, [T, units, B].</param>
    /// <param name="units">Units.</param>
    /// <param name="B">Rows from one unit to the next.</param>
    /// <param name="site">The site's number, or -1.</param>
    /// <param name="first">The first step.</param>
    /// <param name="count">How many steps.</param>
    public static void ApplyWindow(Lane lane, Window w, Workspace ws, int from, int to, int units, int B, int site, int first, int count)
        => Steps(lane, w, ws, from, to, units, B, site, false, first, count);

    /// <summary>dx[t] (+)= dy[t] * multipliers, for steps [first, first + count): the gradient of <see cref="ApplyWindow"/>. No barrier.</summary>
    /// <param name="lane">The caller.</param>
    /// <param name="w">The window.</param>
    /// <param name="ws">The workspace.</param>
    /// <param name="dy">Offset of step 0, [T, units, B].</param>
    /// <param name="dx">Offset of step 0, [T, units, B].</param>
    /// <param name="units">Units.</param>
    /// <param name="B">Rows from one unit to the next.</param>
    /// <param name="site">The site's number, or -1.</param>
    /// <param name="accumulate">True to add to dx; then it must not be dy.</param>
    /// <param name="first">The first step.</param>
    /// <param name="count">How many steps.</param>
    public static void BackwardWindow(Lane lane, Window w, Workspace ws, int dy, int dx, int units, int B, int site, bool accumulate, int first, int count)
        => Steps(lane, w, ws, dy, dx, units, B, site, accumulate, first, count);

    /// <summary>to = from * multipliers at step t. Units are split over lanes; no barrier.</summary>
    /// <param name="lane">The caller.</param>
    /// <param name="w">The window.</param>
    /// <param name="t">The step, which chooses the mask and the running rows.</param>
    /// <param name="ws">The workspace.</param>
    /// <param name="from">Offset of this step, [units, B].</param>
    /// <param name="to">Offset of this step, [units, B].</param>
    /// <param name="units">Units.</param>
    /// <param name="B">Rows from one unit to the next.</param>
    /// <param name="site">The site's number, or -1.</param>
    public static unsafe void ApplyStep(Lane lane, Window w, int t, Workspace ws, int from, int to, int units, int B, int site)
        => Step(lane, w, t, ws.At(from), ws.At(to), units, B, site, false);

    /// <summary>dx (+)= dy * multipliers at step t: the gradient of <see cref="ApplyStep"/>. No barrier.</summary>
    /// <param name="lane">The caller.</param>
    /// <param name="w">The window.</param>
    /// <param name="t">The step.</param>
    /// <param name="ws">The workspace.</param>
    /// <param name="dy">Offset of this step, [units, B].</param>
    /// <param name="dx">Offset of this step, [units, B].</param>
    /// <param name="units">Units.</param>
    /// <param name="B">Rows from one unit to the next.</param>
    /// <param name="site">The site's number, or -1.</param>
    /// <param name="accumulate">True to add to dx; then it must not be dy.</param>
    public static unsafe void BackwardStep(Lane lane, Window w, int t, Workspace ws, int dy, int dx, int units, int B, int site, bool accumulate)
        => Step(lane, w, t, ws.At(dy), ws.At(dx), units, B, site, accumulate);

    private static unsafe void Step(Lane lane, Window w, int t, float* from, float* to, int units, int B, int site, bool accumulate)
    {
        StepPhase products = lane.Enter(StepPhase.Rest);
        Units(lane.Kernels, w, t, from, to, lane.Share(units), B, site, accumulate);
        lane.Enter(products);
    }

    private static unsafe void Steps(
        Lane lane, Window w, Workspace ws, int from, int to, int units, int B, int site, bool accumulate, int first, int count)
    {
        Share share = lane.Share(count * units);
        for (int step = 0; step < count; step++)
        {
            Share mine = StepRows.In(share, step * units, units);
            if (mine.Count > 0)
            {
                int t = first + step;
                long at = (long)t * units * B;
                Units(lane.Kernels, w, t, ws.At(from) + at, ws.At(to) + at, mine, B, site, accumulate);
            }
        }
    }

    private static unsafe void Units(KernelSet kernels, Window w, int t, float* from, float* to, Share units, int B, int site, bool accumulate)
    {
        int rows = w.RowsAt(t);
        if (!w.Training || site < 0 || !w.Masks.Sites[site].Drops)
        {
            ForAll(kernels, from, to, units, B, rows, accumulate);
        }
        else if (w.Masks.Sites[site].IsStructured)
        {
            ForKept(kernels, w.Masks.Units(site, t), from, to, units, B, rows, accumulate);
        }
        else
        {
            float* mask = w.Masks.Multipliers(site, t);
            for (int k = units.Start; k < units.End; k++)
            {
                long at = (long)k * B;
                kernels.Multiply(from + at, mask + at, to + at, rows, accumulate);
            }
        }
    }

    private static unsafe void ForAll(KernelSet kernels, float* from, float* to, Share units, int B, int rows, bool accumulate)
    {
        if (from == to && !accumulate)
        {
            return;
        }

        for (int k = units.Start; k < units.End; k++)
        {
            kernels.Scale(from + ((long)k * B), 1f, to + ((long)k * B), rows, accumulate);
        }
    }

    private static unsafe void ForKept(KernelSet kernels, KeptUnits kept, float* from, float* to, Share units, int B, int rows, bool accumulate)
    {
        int next = kept.Span.BinarySearch(units.Start);
        next = next < 0 ? ~next : next;
        for (int k = units.Start; k < units.End; k++)
        {
            long at = (long)k * B;
            if (next < kept.Count && kept.Units[next] == k)
            {
                kernels.Scale(from + at, kept.Scale, to + at, rows, accumulate);
                next++;
            }
            else if (!accumulate)
            {
                new Span<float>(to + at, rows).Clear();
            }
        }
    }
}
