using System;

namespace SdCompiler.Runtime;

/// <content>The gradient of attention.</content>
public static unsafe partial class Attention
{
    /// <summary>
    /// T7 and T8 for some steps, from the last to the first: from the gradient of the context to those of query, keys, memory and v. A row's own last step sets the gradients of its
    /// keys and memory, every other step adds to them. Rows are split over lanes; no barrier.
    /// </summary>
    /// <param name="lane">The caller.</param>
    /// <param name="w">The decoder's window.</param>
    /// <param name="score">How states are scored.</param>
    /// <param name="v">The vector of <see cref="AttentionScore.Concat"/>, otherwise null.</param>
    /// <param name="ws">The workspace.</param>
    /// <param name="query">Offset of the queries at step 0.</param>
    /// <param name="units">Numbers in a query and a key.</param>
    /// <param name="keys">Offset of the keys.</param>
    /// <param name="memory">Offset of the encoder's states; may be the keys.</param>
    /// <param name="memoryUnits">Units of the encoder.</param>
    /// <param name="alpha">Offset of the weights at step 0.</param>
    /// <param name="alphaStride">Floats from one row of the weights to the next.</param>
    /// <param name="dContext">Offset of the gradient of the contexts at step 0, [T, memoryUnits, B].</param>
    /// <param name="dQuery">Offset of the gradient of the queries at step 0, laid out as they are.</param>
    /// <param name="dKeys">Offset of the gradient of the keys; that of the memory where both are one.</param>
    /// <param name="dMemory">Offset of the gradient of the memory.</param>
    /// <param name="dv">Offset of the gradient of v for each row, [B, n]; -1 without it.</param>
    /// <param name="accumulate">True where another reader has already written the gradient of the queries.</param>
    /// <param name="B">The batch stride.</param>
    /// <param name="first">The first step.</param>
    /// <param name="count">How many steps.</param>
    /// <remarks>source length * 2 * (units + memoryUnits) multiply-adds for each row and step.</remarks>
    public static void BackwardWindow(
        Lane lane, Window w, AttentionScore score, VectorParameter? v, Workspace ws, int query, int units, int keys, int memory, int memoryUnits, int alpha, int alphaStride,
        int dContext, int dQuery, int dKeys, int dMemory, int dv, bool accumulate, int B, int first, int count)
    {
        int n = Padded(units), m = Padded(memoryUnits);
        float* scratch = lane.Floats((2 * n) + m + alphaStride);
        new Span<float>(scratch, (2 * n) + m).Clear();
        float* gathered = scratch, dq = gathered + n, dSum = dq + n, de = dSum + m;
        for (int t = first + count - 1; t >= first; t--)
        {
            Share rows = Rows(lane, w, t, count);
            for (int b = rows.Start; b < rows.End; b++)
            {
                int source = w.SourceRow(b), length = w.Source.Length(source);
                bool isLast = t == w.Length(b) - 1;
                float* weights = ws.At(alpha) + ((((long)t * B) + b) * alphaStride);
                float* dc = ws.At(dContext) + ((long)t * memoryUnits * B) + b;
                for (int k = 0; k < memoryUnits; k++)
                {
                    dSum[k] = dc[(long)k * B];
                }

                lane.Kernels.Dots(dSum, ws.At(memory) + ((long)source * m), (long)B * m, length, m, de);
                ScoreGradient(weights, de, length);
                lane.Kernels.Outer(weights, dSum, ws.At(dMemory) + ((long)source * m), (long)B * m, length, m, accumulate: !isLast);
                float* q = Query(score, ws.At(query), units, n, B, t, b, gathered);
                float* key = ws.At(keys) + ((long)source * n), dKey = ws.At(dKeys) + ((long)source * n);
                if (score == AttentionScore.Concat)
                {
                    float* dRow = ws.At(dQuery) + ((((long)t * B) + b) * n), dvRow = ws.At(dv) + ((long)b * n);
                    new Span<float>(dRow, n).Clear();
                    new Span<float>(dvRow, isLast ? n : 0).Clear();
                    lane.Kernels.TanhDotsGradient(de, q, key, v!.Panel(0), (long)B * n, length, n, dRow, dKey, dvRow, accumulate: !isLast);
                }
                else
                {
                    lane.Kernels.WeightedSum(de, key, (long)B * n, length, n, dq);
                    lane.Kernels.Outer(de, q, dKey, (long)B * n, length, n, accumulate: !isLast || dKeys == dMemory);
                    Scatter(dq, ws.At(dQuery) + ((long)t * units * B) + b, units, B, accumulate);
                }

                lane.MultiplyAdds += length * 2L * ((long)units + memoryUnits);
            }
        }
    }

    /// <summary>The gradient of v: the sum over rows, in ascending order. Panels are split over lanes; no barrier.</summary>
    /// <param name="lane">The caller.</param>
    /// <param name="w">The decoder's window.</param>
    /// <param name="dv">The gradient of v, overwritten.</param>
    /// <param name="ws">The workspace.</param>
    /// <param name="rows">Offset of the gradient of v for each row, [B, n].</param>
    public static void VectorGradient(Lane lane, Window w, VectorGradient dv, Workspace ws, int rows)
    {
        Share panels = lane.Share(dv.Vector.Panels);
        for (int panel = panels.Start; panel < panels.End; panel++)
        {
            float* to = dv.Panel(panel);
            new Span<float>(to, KernelSet.PanelColumns).Clear();
            lane.Kernels.AddColumnSums(ws.At(rows) + (panel * KernelSet.PanelColumns), dv.Vector.PaddedColumns, to, w.Rows);
            dv.Norms[panel] = lane.Kernels.SumOfSquares(to, KernelSet.PanelColumns);
        }
    }

    /// <summary>T7 in place: the gradient by the weights becomes that by the scores, de = alpha * (dalpha - sum of alpha * dalpha).</summary>
    private static void ScoreGradient(float* alpha, float* d, int length)
    {
        double sum = 0;
        for (int j = 0; j < length; j++)
        {
            sum += (double)alpha[j] * d[j];
        }

        for (int j = 0; j < length; j++)
        {
            d[j] = alpha[j] * (float)(d[j] - sum);
        }
    }

    private static void Scatter(float* from, float* to, int units, int B, bool accumulate)
    {
        for (int k = 0; k < units; k++)
        {
            ref float unit = ref to[(long)k * B];
            unit = accumulate ? unit + from[k] : from[k];
        }
    }
}
