using System;
using System.Diagnostics;

namespace SdCompiler.Runtime;

/// <summary>
/// The products y = x . W of a whole window and their two gradients, reading only the rows of W that dropout keeps. Every lane calls
/// them; none waits for another.
/// </summary>
/// <remarks>
/// Buffers: x and dx are unit-major <c>[t][unit][B]</c>, their offset is that of time step 0. y and dy are <c>[t][b][N]</c> with
/// N = <see cref="MatrixParameter.PaddedColumns"/>, and their offset is that of step <c>first</c>, so that a window can be worked off in
/// chunks of steps that share one buffer. Only the rows that are still running at a step are read and written.
/// The padding columns of dy must be zero. Source of the compaction: Sarma et al. 2021, arXiv:2106.12089; labels: EQUATIONS.md.
/// </remarks>
public static unsafe partial class MaskedProduct
{
    /// <summary>F1 for some steps: y[t] = bias + scale * x[t][:, kept(t)] . W[kept(t), :].</summary>
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
    {
        Debug.Assert(bias is null || bias.PaddedColumns == weights.PaddedColumns, "The bias must be as long as the matrix is wide.");
        int units = weights.Rows, N = weights.PaddedColumns;
        Share panels = lane.Share(weights.Panels);
        long multiplyAdds = 0;
        float* zeros = stackalloc float[bias is null ? KernelSet.PanelColumns : 0];
        int group = PanelGroup(units);
        for (int from = panels.Start; from < panels.End; from += group)
        {
            int to = Math.Min(from + group, panels.End);
            for (int t = first; t < first + count; t++)
            {
                int rows = window.RowsAt(t);
                KeptUnits kept = window.Kept(site, t, units);
                float* xStep = workspace.At(x) + ((long)t * units * B);
                float* yStep = workspace.At(y) + ((long)(t - first) * B * N);
                for (int panel = from; panel < to; panel++)
                {
                    float* start = bias is null ? zeros : bias.Panel(panel);
                    lane.Kernels.ForwardPanel(xStep, B, weights.Panel(panel), kept.Units, kept.Count, kept.Scale, start, yStep + (panel * KernelSet.PanelColumns), N, rows);
                    multiplyAdds += rows * (long)kept.Count * weights.Layout.InPanel(panel);
                }
            }
        }

        lane.MultiplyAdds += multiplyAdds;
    }

    /// <summary>Panels that share the second-level cache while all steps pass by, so that each x[t] is fetched once for several of them.</summary>
    private static int PanelGroup(int units)
    {
        const int Budget = 320 * 1024; // bytes: a third of 1 MiB, the rest is for x[t], y[t] and what comes next
        return Math.Max(1, Budget / (units * KernelSet.PanelColumns * sizeof(float)));
    }
}
