using System;
using System.ComponentModel;

namespace SdCompiler.Runtime;

/// <summary>
/// Global attention (Luong et al. 2015) over the source of each row. A lane owns rows of the batch, and with them the rows of the source, so that the sums over time
/// of one source position have one owner.
/// </summary>
/// <remarks>
/// Keys and memory are row-major: <c>[j][row of the source][n]</c>, n rounded up to 32 with zeros; weights are <c>[t][b][alphaStride]</c>. The query is
/// the decoder's state, unit-major <c>[t][unit][B]</c>, or, for <see cref="AttentionScore.Concat"/>, its product with the weights, row-major <c>[t][b][n]</c>.
/// Only running rows, and of the source only each row's own steps, are read and written. For emitted code: offsets and sizes are planned at build time, and what they reach is not checked.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe partial class Attention
{
    /// <summary>T2 to T4 for some steps: scores, weights, context. Rows are split over lanes; no barrier.</summary>
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
    /// <param name="alpha">Offset of the weights at step 0, written.</param>
    /// <param name="alphaStride">Floats from one row of the weights to the next.</param>
    /// <param name="context">Offset of the contexts at step 0, [T, memoryUnits, B], written.</param>
    /// <param name="B">The batch stride.</param>
    /// <param name="first">The first step.</param>
    /// <param name="count">How many steps.</param>
    /// <remarks>source length * (units + memoryUnits) multiply-adds for each row and step.</remarks>
    public static void ForwardWindow(
        Lane lane, Window w, AttentionScore score, VectorParameter? v, Workspace ws, int query, int units, int keys, int memory, int memoryUnits, int alpha, int alphaStride, int context, int B, int first, int count)
    {
        int n = Padded(units), m = Padded(memoryUnits);
        float* scratch = lane.Floats(n + m);
        new Span<float>(scratch, n + m).Clear();
        float* gathered = scratch, sum = scratch + n;
        for (int t = first; t < first + count; t++)
        {
            Share rows = Rows(lane, w, t, count);
            for (int b = rows.Start; b < rows.End; b++)
            {
                int source = w.SourceRow(b), length = w.Source.Length(source);
                float* weights = ws.At(alpha) + ((((long)t * B) + b) * alphaStride);
                float* k = ws.At(keys) + ((long)source * n);
                float* q = Query(score, ws.At(query), units, n, B, t, b, gathered);
                if (score == AttentionScore.Concat)
                {
                    lane.Kernels.TanhDots(q, k, v!.Panel(0), (long)B * n, length, n, weights);
                }
                else
                {
                    lane.Kernels.Dots(q, k, (long)B * n, length, n, weights);
                }

                Softmax(lane.Kernels, weights, length);
                lane.Kernels.WeightedSum(weights, ws.At(memory) + ((long)source * m), (long)B * m, length, m, sum);
                float* to = ws.At(context) + ((long)t * memoryUnits * B) + b;
                for (int k2 = 0; k2 < memoryUnits; k2++)
                {
                    to[(long)k2 * B] = sum[k2];
                }

                lane.MultiplyAdds += length * ((long)units + memoryUnits);
            }
        }
    }

    /// <summary>The encoder's states as rows: memory[j][row][k] = s[j][k][row], padding 0. Steps are split over lanes; no barrier.</summary>
    /// <param name="lane">The caller.</param>
    /// <param name="source">The encoder's window.</param>
    /// <param name="ws">The workspace.</param>
    /// <param name="states">Offset of the states after step 0, [T, units, B].</param>
    /// <param name="memory">Offset of [T, B, n].</param>
    /// <param name="units">Units of the encoder.</param>
    /// <param name="B">The batch stride.</param>
    public static void Remember(Lane lane, Window source, Workspace ws, int states, int memory, int units, int B)
    {
        int n = Padded(units);
        Share steps = lane.Share(source.Steps);
        for (int j = steps.Start; j < steps.End; j++)
        {
            float* from = ws.At(states) + ((long)j * units * B);
            for (int row = 0; row < source.RowsAt(j); row++)
            {
                float* to = ws.At(memory) + ((((long)j * B) + row) * n);
                for (int k = 0; k < units; k++)
                {
                    to[k] = from[((long)k * B) + row];
                }

                new Span<float>(to + units, n - units).Clear();
            }
        }
    }

    /// <summary>The gradient of <see cref="Remember"/>: ds[j][k][row] (+)= dmemory[j][row][k]. Steps are split over lanes; no barrier.</summary>
    /// <param name="lane">The caller.</param>
    /// <param name="source">The encoder's window.</param>
    /// <param name="ws">The workspace.</param>
    /// <param name="memory">Offset of the gradient of the memory, [T, B, n].</param>
    /// <param name="states">Offset of the gradient of the states, [T, units, B].</param>
    /// <param name="units">Units of the encoder.</param>
    /// <param name="B">The batch stride.</param>
    /// <param name="accumulate">True where another reader has already written the gradient of the states.</param>
    public static void RememberBackward(Lane lane, Window source, Workspace ws, int memory, int states, int units, int B, bool accumulate)
    {
        int n = Padded(units);
        Share steps = lane.Share(source.Steps);
        for (int j = steps.Start; j < steps.End; j++)
        {
            float* to = ws.At(states) + ((long)j * units * B);
            for (int row = 0; row < source.RowsAt(j); row++)
            {
                float* from = ws.At(memory) + ((((long)j * B) + row) * n);
                for (int k = 0; k < units; k++)
                {
                    ref float state = ref to[((long)k * B) + row];
                    state = accumulate ? state + from[k] : from[k];
                }
            }
        }
    }

    internal static int Padded(int units) => (units + KernelSet.PanelColumns - 1) / KernelSet.PanelColumns * KernelSet.PanelColumns;

    /// <summary>
    /// The running rows of one lane: the same at every step of a call, because nobody waits between these; of a single step, which ends at a barrier, an even share.
    /// </summary>
    private static Share Rows(Lane lane, Window w, int t, int steps)
    {
        int running = w.RowsAt(t);
        return StepRows.In(lane.Share(steps == 1 ? running : w.Rows), 0, running);
    }

    /// <summary>T3 in place.</summary>
    internal static void Softmax(KernelSet kernels, float* e, int length)
    {
        double sum = kernels.SumExp(e, kernels.Max(e, length), e, length);
        kernels.Scale(e, (float)(1 / sum), e, length, accumulate: false);
    }

    /// <summary>The query of one row and step: where it is, or copied from the column of the row.</summary>
    private static float* Query(AttentionScore score, float* query, int units, int n, int B, int t, int b, float* gathered)
    {
        if (score == AttentionScore.Concat)
        {
            return query + ((((long)t * B) + b) * n);
        }

        float* from = query + ((long)t * units * B) + b;
        for (int k = 0; k < units; k++)
        {
            gathered[k] = from[(long)k * B];
        }

        return gathered;
    }
}
