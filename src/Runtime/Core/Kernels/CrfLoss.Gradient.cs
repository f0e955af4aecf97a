using System;

namespace SdCompiler.Runtime;

/// <content>Marginals, and the gradients that are made of them.</content>
public static unsafe partial class CrfLoss
{
    /// <summary>
    /// The gradients of the scores (C6): the parts of all rows that <see cref="Rows"/> has left, added in ascending order, over the rows; norms included. The caller
    /// places a barrier before it. Panels of 32 tags are split over lanes; no barrier.
    /// </summary>
    /// <param name="lane">The caller.</param>
    /// <param name="w">The window.</param>
    /// <param name="ws">The workspace.</param>
    /// <param name="scratch">Offset of [B, tags + 2, columns], as <see cref="Rows"/> wrote it.</param>
    /// <param name="dTransitions">Receives the gradient of the transition scores; 0 where a transition is not allowed.</param>
    /// <param name="dStart">Receives the gradient of the start scores.</param>
    /// <param name="dEnd">Receives the gradient of the end scores.</param>
    public static void Gradients(Lane lane, Window w, Workspace ws, int scratch, MatrixGradient dTransitions, VectorGradient dStart, VectorGradient dEnd)
    {
        int tags = dTransitions.Matrix.Columns, columns = dTransitions.Matrix.PaddedColumns;
        Share panels = lane.Share(dTransitions.Matrix.Panels);
        for (int panel = panels.Start; panel < panels.End; panel++)
        {
            float* part = ws.At(scratch) + (panel * KernelSet.PanelColumns);
            for (int to = 0; to < tags; to++)
            {
                AddRows(lane.Kernels, part + ((long)to * columns), w.Rows, tags, columns, dTransitions.Panel(panel) + (to * KernelSet.PanelColumns));
            }

            AddRows(lane.Kernels, part + ((long)tags * columns), w.Rows, tags, columns, dStart.Panel(panel));
            AddRows(lane.Kernels, part + ((tags + 1L) * columns), w.Rows, tags, columns, dEnd.Panel(panel));
            dTransitions.Norms[panel] = lane.Kernels.SumOfSquares(dTransitions.Panel(panel), (long)tags * KernelSet.PanelColumns);
            dStart.Norms[panel] = lane.Kernels.SumOfSquares(dStart.Panel(panel), KernelSet.PanelColumns);
            dEnd.Norms[panel] = lane.Kernels.SumOfSquares(dEnd.Panel(panel), KernelSet.PanelColumns);
        }
    }

    /// <summary>to = sum over the rows of the window of 32 floats of their parts, over the rows.</summary>
    private static void AddRows(KernelSet kernels, float* part, int rows, int tags, int columns, float* to)
    {
        new Span<float>(to, KernelSet.PanelColumns).Clear();
        for (int b = 0; b < rows; b++)
        {
            kernels.Scale(part, 1, to, KernelSet.PanelColumns, accumulate: true);
            part += (tags + 2L) * columns;
        }

        kernels.Scale(to, (float)(1.0 / rows), to, KernelSet.PanelColumns, accumulate: false);
    }

    /// <summary>
    /// C2 to C4 and C6 of one row, from its last step to its first: emissions become their gradient, and <paramref name="d"/> receives, [tags + 2][columns], what
    /// the transitions [to][from], the start and the end are expected to be, less what the targets have.
    /// </summary>
    private static void Backward(KernelSet kernels, in CrfScratch s, in CrfRow row, ReadOnlySpan<int> targets, int B, int columns, int rows, float* d)
    {
        new Span<float>(d, (s.Tags + 2) * columns).Clear();
        float* dStart = d + ((long)s.Tags * columns), dEnd = dStart + columns;
        float inverseRows = (float)(1.0 / rows);
        new Span<float>(s.End, s.Tags).CopyTo(new Span<float>(s.Beta, s.Tags));
        for (int t = row.Length - 1; t >= 0; t--)
        {
            int target = targets[t * B];
            float* y = row.At(t), marginals = s.Step(t);
            for (int j = 0; j < s.Tags; j++)
            {
                s.Next[j] = y[j] + s.Beta[j];
            }

            Marginals(kernels, s, marginals);
            kernels.Scale(marginals, inverseRows, y, s.Tags, accumulate: false);
            y[target] -= inverseRows;
            new Span<float>(y + s.Tags, columns - s.Tags).Clear();
            if (t == row.Length - 1)
            {
                Count(marginals, s.Tags, target, dEnd);
            }
            else
            {
                CountPairs(kernels, s, marginals, columns, target, targets[(t + 1) * B], d);
            }

            if (t == 0)
            {
                Count(marginals, s.Tags, target, dStart);
                return;
            }

            kernels.SumExpColumns(s.Next, s.ByTo, s.Tags, s.Stride, s.Max, s.Sum, s.Terms);
            for (int j = 0; j < s.Tags; j++)
            {
                s.Beta[j] = (float)(s.Max[j] + FastMath.Log(s.Sum[j]));
            }

            Normalize(kernels, s.Beta, s.Tags);
        }
    }

    /// <summary>C3: alpha becomes the probability of each tag. Their sum is 1 by construction, so what alpha and beta are relative to does not matter.</summary>
    private static void Marginals(KernelSet kernels, in CrfScratch s, float* alpha)
    {
        kernels.Scale(s.Beta, 1, alpha, s.Tags, accumulate: true);
        float largest = kernels.Max(alpha, s.Tags);
        double sum = kernels.SumExp(alpha, largest, alpha, s.Tags);
        kernels.Scale(alpha, (float)(1 / sum), alpha, s.Tags, accumulate: false);
    }

    /// <summary>C4, added up: a tag's probability goes to the tags after it as the terms of its sum in C2 do.</summary>
    private static void CountPairs(KernelSet kernels, in CrfScratch s, float* marginals, int columns, int target, int targetAfter, float* d)
    {
        for (int from = 0; from < s.Tags; from++)
        {
            s.Factor[from] = marginals[from] == 0 ? 0 : marginals[from] / s.Sum[from]; // 0 / 0 where nothing may follow
        }

        for (int to = 0; to < s.Tags; to++)
        {
            kernels.Multiply(s.Terms + ((long)to * s.Stride), s.Factor, d + ((long)to * columns), s.Stride, accumulate: true);
        }

        d[((long)targetAfter * columns) + target] -= 1;
    }

    private static void Count(float* marginals, int tags, int target, float* to)
    {
        new Span<float>(marginals, tags).CopyTo(new Span<float>(to, tags));
        to[target] -= 1;
    }
}
