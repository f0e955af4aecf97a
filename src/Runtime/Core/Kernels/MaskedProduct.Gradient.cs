using System;

namespace SdCompiler.Runtime;

/// <content>The gradient of the weights.</content>
public static unsafe partial class MaskedProduct
{
    /// <summary>Kept rows that pass by a group of panels before the next ones; a multiple of every set's tile (10 and 6 rows).</summary>
    private const int GradientChunk = 120;

    /// <summary>B5 for some steps: dW[kept(t), :] += scale * x[t][:, kept(t)]^T . dy[t], and db += the column sums of dy[t].</summary>
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
    /// <remarks>rows * kept * columns multiply-adds a step. Loops as in <see cref="ForwardWindow"/>: each panel of dW is fetched once for all steps.</remarks>
    public static void GradientWindow(Lane lane, Window window, MatrixGradient dW, VectorGradient? db, Workspace workspace, int x, int dy, int B, int site, int first, int count, bool begin, bool end)
    {
        int units = dW.Matrix.Rows, N = dW.Matrix.PaddedColumns;
        KernelSet kernels = lane.Kernels;
        Share panels = lane.Share(dW.Matrix.Panels);
        long multiplyAdds = 0;
        int group = PanelGroup(units);
        for (int from = panels.Start; from < panels.End; from += group)
        {
            int to = Math.Min(from + group, panels.End);
            for (int panel = from; panel < to && begin; panel++)
            {
                Clear(dW.Panel(panel), units * KernelSet.PanelColumns);
                Clear(db is null ? null : db.Panel(panel), db is null ? 0 : KernelSet.PanelColumns);
            }

            float* next = to < panels.End ? dW.Panel(to) : null;
            long nextFloats = (long)Math.Min(group, panels.End - to) * units * KernelSet.PanelColumns;
            for (int t = first; t < first + count; t++)
            {
                Prefetch.Part(next, nextFloats, t - first, count);
                int rows = window.RowsAt(t);
                KeptUnits kept = window.Kept(site, t, units);
                float* xStep = workspace.At(x) + ((long)t * units * B);
                float* dyStep = workspace.At(dy) + ((long)(t - first) * B * N);
                for (int start = 0; start < kept.Count; start += GradientChunk)
                {
                    int size = Math.Min(GradientChunk, kept.Count - start);
                    for (int panel = from; panel < to; panel++)
                    {
                        kernels.WeightGradientPanel(xStep, B, dyStep + (panel * KernelSet.PanelColumns), N, kept.Units + start, size, kept.Scale, dW.Panel(panel), rows);
                        multiplyAdds += rows * (long)size * dW.Matrix.Layout.InPanel(panel);
                    }
                }

                for (int panel = from; panel < to && db is not null; panel++)
                {
                    kernels.AddColumnSums(dyStep + (panel * KernelSet.PanelColumns), N, db.Panel(panel), rows);
                }
            }

            for (int panel = from; panel < to && end; panel++)
            {
                dW.Norms[panel] = kernels.SumOfSquares(dW.Panel(panel), (long)units * KernelSet.PanelColumns);
                if (db is not null)
                {
                    db.Norms[panel] = kernels.SumOfSquares(db.Panel(panel), KernelSet.PanelColumns);
                }
            }
        }

        lane.MultiplyAdds += multiplyAdds;
    }

    private static void Clear(float* values, int count) => new Span<float>(values, count).Clear();
}
