using System;
using System.ComponentModel;

namespace SdCompiler.Runtime;

/// <summary>Token vectors: x[t][k][b] = table[token(t, b)][k], and the gradient of the table.</summary>
/// <remarks>
/// Word dropout drops all places of a token in the window together: its vector counts as zero and the others are multiplied by 1/(1-p).
/// The decision is a function of (seed, step, embedding, token), so the gradient needs no record of it. Without training nothing is dropped.
/// For emitted code: offsets and sizes are planned at build time, and what they reach is not checked.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class EmbeddingLookup
{
    /// <summary>Copies the vectors of the window's tokens. Steps are split over lanes; no barrier, but where vectors have moves to make up for first (<see cref="DeferredMoves"/>).</summary>
    /// <param name="lane">The caller.</param>
    /// <param name="w">The window.</param>
    /// <param name="input">The input's number.</param>
    /// <param name="table">The vectors.</param>
    /// <param name="ws">The workspace.</param>
    /// <param name="x">Offset of [T, width, B].</param>
    /// <param name="B">Rows from one unit to the next.</param>
    /// <param name="wordSite">The embedding's number in the key of word dropout.</param>
    /// <param name="wordDropout">The drop probability of a whole word, or 0.</param>
    public static unsafe void Gather(Lane lane, Window w, int input, TableParameter table, Workspace ws, int x, int B, int wordSite, double wordDropout)
    {
        if (w.Training && table.Deferred is { ArePending: true } deferred)
        {
            for (int t = 0; t < w.Steps; t++)
            {
                deferred.MakeUp(lane, w.Tokens(input).Slice(t * B, w.RowsAt(t)));
            }

            lane.Barrier();
        }

        Share share = lane.Share(w.Steps);
        for (int t = share.Start; t < share.End; t++)
        {
            ReadOnlySpan<int> tokens = w.Tokens(input).Slice(t * B, w.RowsAt(t));
            float* to = ws.At(x) + ((long)t * table.Width * B);
            for (int b = 0; b < tokens.Length; b++)
            {
                float scale = WordScale(w, wordSite, tokens[b], wordDropout);
                Spread(table.Row(tokens[b]), 1, to + b, B, table.Width, scale);
            }
        }
    }

    /// <summary>Adds up the gradients of the window's distinct tokens. Columns are split over lanes. One barrier inside, after lane 0 has listed the tokens.</summary>
    /// <param name="lane">The caller.</param>
    /// <param name="w">The window.</param>
    /// <param name="input">The input's number.</param>
    /// <param name="gradient">Receives the gradient, norms included.</param>
    /// <param name="ws">The workspace.</param>
    /// <param name="dx">Offset of the gradient by x, [T, width, B].</param>
    /// <param name="B">Rows from one unit to the next.</param>
    /// <param name="wordSite">As in <see cref="Gather"/>.</param>
    /// <param name="wordDropout">As in <see cref="Gather"/>.</param>
    /// <remarks>The places of a token are added in the order of time steps, then rows.</remarks>
    public static unsafe void Scatter(Lane lane, Window w, int input, TableGradient gradient, Workspace ws, int dx, int B, int wordSite, double wordDropout)
    {
        if (lane.Index == 0)
        {
            ListTokens(w, input, gradient, B, wordSite, wordDropout);
        }

        lane.Barrier();
        int width = gradient.Table.Width;
        float scale = Scale(w, wordDropout);
        Share blocks = lane.Share(gradient.Parts);
        for (int block = blocks.Start; block < blocks.End; block++)
        {
            int start = block * TableGradient.BlockWidth;
            int end = Math.Min(width, start + TableGradient.BlockWidth);
            for (int slot = 0; slot < gradient.Count; slot++)
            {
                new Span<float>(gradient.Row(slot) + start, end - start).Clear();
            }

            for (int t = 0; t < w.Steps; t++)
            {
                float* from = ws.At(dx) + ((long)t * width * B);
                int rows = w.RowsAt(t);
                for (int b = 0; b < rows; b++)
                {
                    int slot = gradient.Slot((t * B) + b);
                    if (slot >= 0)
                    {
                        Collect(from + ((long)start * B) + b, B, gradient.Row(slot) + start, 1, end - start, scale);
                    }
                }
            }

            gradient.Norms[block] = SumOfSquares(lane.Kernels, gradient, start, end);
        }
    }

    private static void ListTokens(Window w, int input, TableGradient gradient, int B, int wordSite, double wordDropout)
    {
        gradient.Begin();
        for (int t = 0; t < w.Steps; t++)
        {
            ReadOnlySpan<int> tokens = w.Tokens(input).Slice(t * B, w.RowsAt(t));
            for (int b = 0; b < tokens.Length; b++)
            {
                if (WordScale(w, wordSite, tokens[b], wordDropout) == 0)
                {
                    gradient.Skip((t * B) + b);
                }
                else
                {
                    gradient.Add((t * B) + b, tokens[b]);
                }
            }
        }
    }

    private static unsafe double SumOfSquares(KernelSet kernels, TableGradient gradient, int start, int end)
    {
        double sum = 0;
        for (int slot = 0; slot < gradient.Count; slot++)
        {
            sum += kernels.SumOfSquares(gradient.Row(slot) + start, end - start);
        }

        return sum;
    }

    /// <summary>0 for a dropped word, the scale of the kept ones otherwise.</summary>
    private static float WordScale(Window w, int wordSite, int token, double wordDropout)
        => w.Training && wordDropout > 0 && MaskSampler.DropsWord(w.Masks.Seed, wordSite, w.Step, token, wordDropout) ? 0f : Scale(w, wordDropout);

    private static float Scale(Window w, double wordDropout) => w.Training && wordDropout > 0 ? (float)(1 / (1 - wordDropout)) : 1f;

    /// <summary>to[k] = from[k] * scale, each with its own stride.</summary>
    private static unsafe void Spread(float* from, int fromStride, float* to, int toStride, int count, float scale)
    {
        for (int k = 0; k < count; k++)
        {
            to[(long)k * toStride] = from[(long)k * fromStride] * scale;
        }
    }

    /// <summary>to[k] += from[k] * scale, each with its own stride.</summary>
    private static unsafe void Collect(float* from, int fromStride, float* to, int toStride, int count, float scale)
    {
        for (int k = 0; k < count; k++)
        {
            to[(long)k * toStride] = MathF.FusedMultiplyAdd(from[(long)k * fromStride], scale, to[(long)k * toStride]);
        }
    }
}
