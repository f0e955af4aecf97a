using System;
using System.ComponentModel;
using System.Diagnostics;

namespace SdCompiler.Runtime;

/// <summary>
/// The products y = x . W of a whole window and their two gradients, reading only the rows of W that dropout keeps. Every lane calls
/// them; none waits for another.
/// </summary>
/// <remarks>
/// Buffers: x and dx are unit-major <c>[t][unit][B]</c>, their offset is that of time step 0. Where a site keeps a list, x is what <see cref="PackedInput"/> wrote:
/// row j of step t belongs to the j-th kept unit, and rows beyond the list are not read. y and dy are <c>[t][b][N]</c> with
/// N = <see cref="MatrixParameter.PaddedColumns"/>, and their offset is that of step <c>first</c>, so that a window can be worked off in
/// chunks of steps that share one buffer. Only the rows that are still running at a step are read and written.
/// The padding columns of dy must be zero. Source of the compaction: Sarma et al. 2021, arXiv:2106.12089; labels: EQUATIONS.md.
/// For emitted code: offsets and sizes are planned at build time, and what they reach is not checked.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe partial class MaskedProduct
{
    /// <summary>Rows of the batch that one tile of every kernel set takes, so that nothing comes back to a row of W.</summary>
    private const int FewRows = 3;

    /// <summary>F1 for some steps: y[t] = bias + x[t] . W[kept(t), :], where row j of x[t] belongs to the j-th kept unit (<see cref="PackedInput"/>).</summary>
    /// <param name="lane">The calling lane; it computes its own panels of y.</param>
    /// <param name="window">Gives the rows and the kept units of each step.</param>
    /// <param name="weights">W, [units, columns].</param>
    /// <param name="bias">Added to each row of y, as long as W has columns; null adds nothing.</param>
    /// <param name="workspace">Holds x and y.</param>
    /// <param name="x">Offset of x at step 0, [T, units, B].</param>
    /// <param name="y">Offset of y at step <paramref name="first"/>, [count, B, N]; overwritten.</param>
    /// <param name="B">The batch stride.</param>
    /// <param name="site">The mask site that says which units are read, or -1.</param>
    /// <param name="first">The first step.</param>
    /// <param name="count">The number of steps.</param>
    /// <remarks>
    /// rows * kept * columns multiply-adds a step. A group of panels is outer, then time, then the panel: each panel of W is fetched once for
    /// all steps, and each x[t] once for a group.
    /// </remarks>
    public static void ForwardWindow(Lane lane, Window window, MatrixParameter weights, VectorParameter? bias, Workspace workspace, int x, int y, int B, int site, int first, int count)
        => Forward(lane, window, weights, bias, workspace.At(x), workspace.At(y), B, site, first, count, add: false);

    /// <summary>As <see cref="ForwardWindow"/>, of pointers; adds to y, without a bias, where <paramref name="add"/> says so.</summary>
    private static void Forward(Lane lane, Window window, MatrixParameter weights, VectorParameter? bias, float* x, float* y, int B, int site, int first, int count, bool add)
    {
        Debug.Assert(bias is null || bias.PaddedColumns == weights.PaddedColumns, "The bias must be as long as the matrix is wide.");
        int units = weights.Rows, N = weights.PaddedColumns;
        Share panels = lane.Share(weights.Panels);
        long multiplyAdds = 0;
        float* zeros = stackalloc float[bias is null ? KernelSet.PanelColumns : 0];
        int group = PanelGroup(lane.Kernels, units);
        for (int from = panels.Start; from < panels.End; from += group)
        {
            int to = Math.Min(from + group, panels.End);
            // A single step has nothing to hide the fetch of a whole group behind, and reads the panels one after the other anyway.
            float* next = to < panels.End && count > 1 ? weights.Panel(to) : null;
            long nextFloats = (long)Math.Min(group, panels.End - to) * units * KernelSet.PanelColumns;
            for (int t = first; t < first + count; t++)
            {
                Prefetch.Part(next, nextFloats, t - first, count);
                int rows = window.RowsAt(t);
                KeptUnits kept = window.Kept(site, t, units);
                float* xStep = x + ((long)t * units * B);
                float* yStep = y + ((long)(t - first) * B * N);
                multiplyAdds += ForwardPanels(lane.Kernels, weights, from, to, xStep, B, kept, add ? null : bias is null ? zeros : bias.Panel(from), bias is null ? 0 : KernelSet.PanelColumns, yStep, N, rows);
            }
        }

        lane.MultiplyAdds += multiplyAdds;
    }

    /// <summary>F1 for one step and some panels; returns the multiply-adds.</summary>
    /// <param name="kernels">The kernels in use.</param>
    /// <param name="weights">W.</param>
    /// <param name="from">The first panel.</param>
    /// <param name="to">One past the last panel.</param>
    /// <param name="x">[kept units, B] of the step.</param>
    /// <param name="B">The batch stride.</param>
    /// <param name="kept">The units that x holds.</param>
    /// <param name="start">What the first panel's sums start from, 32 floats, or null for what y holds.</param>
    /// <param name="startStride">Floats from one panel's start to the next.</param>
    /// <param name="y">[B, N] of the step, its first panel.</param>
    /// <param name="N">Floats from one row of y to the next.</param>
    /// <param name="rows">Running rows.</param>
    internal static long ForwardPanels(KernelSet kernels, MatrixParameter weights, int from, int to, float* x, int B, KeptUnits kept, float* start, int startStride, float* y, int N, int rows)
    {
        long columns = 0;
        // Few rows of the batch read W once, from start to end. Otherwise chunk outer, panel inner: the chunk's rows of x are read by every panel, and its weights by every block of rows, before others
        // drive them from the cache. No unit kept still sets y to its start.
        int most = rows <= FewRows ? int.MaxValue : kernels.Blocking.KeptRows, chunks = Math.Max(1, (int)((kept.Count + (most - 1L)) / most));
        for (int chunk = 0; chunk < chunks; chunk++)
        {
            int first = (int)((long)kept.Count * chunk / chunks), last = (int)((long)kept.Count * (chunk + 1) / chunks);
            for (int panel = from; panel < to; panel++)
            {
                float* bias = chunk > 0 || start == null ? null : start + ((panel - from) * startStride);
                kernels.ForwardPanel(x + ((long)first * B), B, weights.Panel(panel), kept.Units + first, last - first, bias, y + (panel * KernelSet.PanelColumns), N, rows);
                columns += chunk > 0 ? 0 : weights.Layout.InPanel(panel);
            }
        }

        return (long)rows * kept.Count * columns;
    }

    /// <summary>Panels that share the second-level cache while all steps pass by, so that each x[t] is fetched once for several of them.</summary>
    private static int PanelGroup(KernelSet kernels, int units) => Math.Max(1, kernels.Blocking.GroupBytes / (units * KernelSet.PanelColumns * sizeof(float)));
}
