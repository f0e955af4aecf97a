using System;
using System.Runtime.CompilerServices;

namespace SdCompiler.Runtime;

/// <content>The gradient of the weights.</content>
public static unsafe partial class MaskedProduct
{
    /// <summary>B5 for some steps: dW[kept(t), :] += x[t]^T . dy[t], where row j of x[t] belongs to the j-th kept unit, and db += the column sums of dy[t].</summary>
    /// <param name="lane">The calling lane; it computes its own panels of dW and db.</param>
    /// <param name="window">Gives the rows and the kept units of each step.</param>
    /// <param name="dW">The gradient of W; rows that no step keeps are not touched.</param>
    /// <param name="db">The gradient of the bias, or null.</param>
    /// <param name="workspace">Holds x and dy.</param>
    /// <param name="x">Offset of x at step 0, [T, units, B]: what the forward product read.</param>
    /// <param name="dy">Offset of dy at step <paramref name="first"/>, [count, B, N].</param>
    /// <param name="B">The batch stride.</param>
    /// <param name="site">The mask site of the forward product, or -1.</param>
    /// <param name="first">The first step.</param>
    /// <param name="count">The number of steps.</param>
    /// <param name="begin">True sets the gradient to 0 first: the first chunk of the window.</param>
    /// <param name="end">True writes the sums of squares that clipping needs, while the panel is still in cache: the last chunk.</param>
    /// <remarks>rows * kept * columns multiply-adds a step. A block of dW, some units of a panel, is outer and time inner, so that it stays in the second-level cache, with the packed rows of dy beside it, until all steps have added to it.</remarks>
    public static void GradientWindow(Lane lane, Window window, MatrixGradient dW, VectorGradient? db, Workspace workspace, int x, int dy, int B, int site, int first, int count, bool begin, bool end)
        => Gradient(lane, window, dW, db, workspace.At(x), workspace.At(dy), B, site, first, count, begin, end);

    private static void Gradient(Lane lane, Window window, MatrixGradient dW, VectorGradient? db, float* x, float* dy, int B, int site, int first, int count, bool begin, bool end)
    {
        KernelSet kernels = lane.Kernels;
        Share panels = lane.Share(dW.Matrix.Panels);
        int units = dW.Matrix.Rows;
        for (int from = first; from < first + count;)
        {
            int to = SegmentEnd(window, kernels, from, first + count);
            int* bounds = Bounds(lane, window, site, units, from, to);
            for (int panel = panels.Start; panel < panels.End; panel++)
            {
                float* dyPanel = dy + ((long)(from - first) * B * dW.Matrix.PaddedColumns) + (panel * KernelSet.PanelColumns);
                GradientPanel(lane, window, dW, db, panel, x, dyPanel, B, site, from, to, bounds, begin && from == first, end && to == first + count, panel + 1 < panels.End);
            }

            from = to;
        }
    }

    /// <summary>One panel of dW, for steps [from, to).</summary>
    private static void GradientPanel(Lane lane, Window window, MatrixGradient dW, VectorGradient? db, int panel, float* x, float* dy, int B, int site, int from, int to, int* bounds, bool begin, bool end, bool fetchNext)
    {
        KernelSet kernels = lane.Kernels;
        int units = dW.Matrix.Rows, N = dW.Matrix.PaddedColumns, block = kernels.Blocking.GradientUnits;
        float* packed = lane.Floats(Math.Max(kernels.Blocking.GradientRows, B) * KernelSet.PanelColumns);
        int rows = Pack(window, dy, N, B, from, to, packed);
        if (db is not null)
        {
            Clear(db.Panel(panel), begin ? KernelSet.PanelColumns : 0);
            kernels.AddColumnSums(packed, KernelSet.PanelColumns, db.Panel(panel), rows);
        }

        double norm = 0;
        for (int unit = 0; unit < units; unit += block)
        {
            int size = Math.Min(block, units - unit) * KernelSet.PanelColumns;
            float* dw = dW.Panel(panel) + ((long)unit * KernelSet.PanelColumns);
            Clear(dw, begin ? size : 0);
            float* dyStep = packed;
            // Steps that read the same units add to the same rows of dW: their tile stays in registers until all have added to it.
            for (int t = from; t < to;)
            {
                int start = bounds[t - from], stop = bounds[t - from + (to - from)], alike = StepsAlike(window, site, units, t, to), steps = Math.Max(1, alike);
                rows = window.RowsAt(t);
                kernels.WeightGradientPanel(
                    x + ((((long)t * units) + start) * B), B, (long)units * B, dyStep, KernelSet.PanelColumns, window.Kept(site, t, units).Units + start, stop - start, dW.Panel(panel), rows, steps, goesOn: alike > 0);
                lane.MultiplyAdds += steps * rows * (long)(stop - start) * dW.Matrix.Layout.InPanel(panel);
                for (int next = t; next < t + steps && unit == 0 && fetchNext; next++)
                {
                    Prefetch.Panel(dy + ((long)(next - from) * B * N) + KernelSet.PanelColumns, N, rows);
                }

                t += steps;
                dyStep += steps * rows * KernelSet.PanelColumns;
            }

            bounds += to - from;
            norm += end ? kernels.SumOfSquares(dw, size) : 0;
        }

        if (end)
        {
            dW.Norms[panel] = norm;
            if (db is not null)
            {
                db.Norms[panel] = kernels.SumOfSquares(db.Panel(panel), KernelSet.PanelColumns);
            }
        }
    }

    /// <summary>Where a run of steps ends whose rows of dy fit into the packed panel; one step at least.</summary>
    private static int SegmentEnd(Window window, KernelSet kernels, int from, int end)
    {
        int to = from + 1, rows = window.RowsAt(from);
        while (to < end && rows + window.RowsAt(to) <= kernels.Blocking.GradientRows)
        {
            rows += window.RowsAt(to++);
        }

        return to;
    }

    /// <summary>How many steps from t on read the same units and have as many rows; 0 where step t reads units of its own.</summary>
    private static int StepsAlike(Window window, int site, int units, int t, int end)
    {
        int steps = 0;
        while (t + steps < end && window.RowsAt(t + steps) == window.RowsAt(t) && window.KeepsTheSameAt(site, t + steps, units))
        {
            steps++;
        }

        return steps;
    }

    /// <summary>The place in the list of step t where each block of units begins, [block][t], and where the last one ends.</summary>
    private static int* Bounds(Lane lane, Window window, int site, int units, int from, int to)
    {
        int block = lane.Kernels.Blocking.GradientUnits, blocks = (units + block - 1) / block, steps = to - from;
        int* bounds = lane.Integers((blocks + 1) * window.TimeSteps); // for the longest window at once: a longer one later must not allocate
        for (int t = from; t < to; t++)
        {
            KeptUnits kept = window.Kept(site, t, units);
            for (int i = 0; i <= blocks; i++)
            {
                bounds[(i * steps) + t - from] = kept.Before(i * block);
            }
        }

        return bounds;
    }

    /// <summary>
    /// The running rows of a panel of dy, [row of any step][32]: every block of units reads them, and packed they stay in a cache even where rows lie a multiple of
    /// 4 KiB apart. Returns how many.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Pack(Window window, float* dy, int N, int B, int from, int to, float* packed)
    {
        int count = 0;
        for (int t = from; t < to; t++)
        {
            float* row = dy + ((long)(t - from) * B * N);
            for (int b = 0; b < window.RowsAt(t); b++)
            {
                Unsafe.CopyBlockUnaligned(packed, row, KernelSet.PanelColumns * sizeof(float)); // of constant length: a few vector moves, no call
                row += N;
                packed += KernelSet.PanelColumns;
                count++;
            }
        }

        return count;
    }

    private static void Clear(float* values, int count) => new Span<float>(values, count).Clear();
}
