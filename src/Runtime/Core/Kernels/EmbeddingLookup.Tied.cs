using System;

namespace SdCompiler.Runtime;

/// <content>An embedding whose table is the weight of a softmax layer: the vector of a token is a column of that matrix.</content>
public static partial class EmbeddingLookup
{
    /// <summary>Copies the vectors of the window's tokens out of a softmax layer's matrix. Steps are split over lanes; no barrier.</summary>
    /// <param name="lane">The caller.</param>
    /// <param name="w">The window.</param>
    /// <param name="input">The input's number.</param>
    /// <param name="softmax">The matrix: rows are the vector's units, columns are tokens.</param>
    /// <param name="ws">The workspace.</param>
    /// <param name="x">Offset of [T, rows, B].</param>
    /// <param name="B">Rows of the batch from one unit to the next.</param>
    /// <param name="wordSite">As in <see cref="Gather"/>.</param>
    /// <param name="wordDropout">As in <see cref="Gather"/>.</param>
    public static unsafe void GatherTied(Lane lane, Window w, int input, MatrixParameter softmax, Workspace ws, int x, int B, int wordSite, double wordDropout)
    {
        Share share = lane.Share(w.Steps);
        for (int t = share.Start; t < share.End; t++)
        {
            ReadOnlySpan<int> tokens = w.Tokens(input).Slice(t * B, w.RowsAt(t));
            float* to = ws.At(x) + ((long)t * softmax.Rows * B);
            for (int b = 0; b < tokens.Length; b++)
            {
                float scale = WordScale(w, wordSite, tokens[b], wordDropout);
                float* column = softmax.Panel(tokens[b] / KernelSet.PanelColumns) + (tokens[b] % KernelSet.PanelColumns);
                Spread(column, KernelSet.PanelColumns, to + b, B, softmax.Rows, scale);
            }
        }
    }

    /// <summary>
    /// Adds the gradients of the window's tokens to the finished gradient of a softmax layer's matrix, and renews the norms of the panels it touched.
    /// Units, then panels, are split over lanes. One barrier inside, between the two; one must stand before, after the softmax layer's own gradient.
    /// </summary>
    /// <param name="lane">The caller.</param>
    /// <param name="w">The window.</param>
    /// <param name="input">The input's number.</param>
    /// <param name="gradient">The gradient of the softmax layer's matrix, added to.</param>
    /// <param name="ws">The workspace.</param>
    /// <param name="dx">Offset of the gradient by x, [T, rows, B].</param>
    /// <param name="B">Rows of the batch from one unit to the next.</param>
    /// <param name="wordSite">As in <see cref="Gather"/>.</param>
    /// <param name="wordDropout">As in <see cref="Gather"/>.</param>
    public static unsafe void ScatterTied(Lane lane, Window w, int input, MatrixGradient gradient, Workspace ws, int dx, int B, int wordSite, double wordDropout)
    {
        int units = gradient.Matrix.Rows;
        Share mine = lane.Share(units);
        for (int t = 0; t < w.Steps; t++)
        {
            ReadOnlySpan<int> tokens = w.Tokens(input).Slice(t * B, w.RowsAt(t));
            float* from = ws.At(dx) + ((((long)t * units) + mine.Start) * B);
            for (int b = 0; b < tokens.Length; b++)
            {
                float scale = WordScale(w, wordSite, tokens[b], wordDropout);
                if (scale != 0)
                {
                    float* column = gradient.Panel(tokens[b] / KernelSet.PanelColumns)
                        + ((long)mine.Start * KernelSet.PanelColumns) + (tokens[b] % KernelSet.PanelColumns);
                    Collect(from + b, B, column, KernelSet.PanelColumns, mine.Count, scale);
                }
            }
        }

        lane.Barrier();
        Share panels = lane.Share(gradient.Matrix.Panels);
        gradient.ForgetTouched(panels);
        for (int t = 0; t < w.Steps; t++)
        {
            foreach (int token in w.Tokens(input).Slice(t * B, w.RowsAt(t)))
            {
                int panel = token / KernelSet.PanelColumns;
                if (panel >= panels.Start && panel < panels.End && gradient.Touch(panel))
                {
                    gradient.Norms[panel] = lane.Kernels.SumOfSquares(gradient.Panel(panel), (long)units * KernelSet.PanelColumns);
                }
            }
        }
    }
}
