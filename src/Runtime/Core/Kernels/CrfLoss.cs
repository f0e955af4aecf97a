using System;
using System.ComponentModel;

namespace SdCompiler.Runtime;

/// <summary>
/// A linear-chain conditional random field: the score of a path of tags is the sum of its emissions and of its start, transition and end scores;
/// loss = log(sum over all paths of e^score) - score of the target path, in nats (C1 to C6).
/// </summary>
/// <remarks>
/// A row of the window is one sentence from its first step to its last, so a sentence must not be cut into windows. Transition scores are a
/// <see cref="MatrixParameter"/> of plain order whose row is the tag after and whose column is the tag before; its shape, and so a checkpoint, is [from, to].
/// alpha, beta and delta are kept relative to their largest element and the rest is added in double precision: rows of any length lose nothing.
/// Rows are computed one by one, each by one lane: results are the same bits for any number of lanes.
/// Source: Lafferty, McCallum and Pereira 2001; as a layer over LSTMs: Lample et al. 2016 (arXiv:1603.01360).
/// For emitted code: offsets and sizes are planned at build time, and what they reach is not checked; target tags are.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe partial class CrfLoss
{
    /// <summary>
    /// Writes the loss of each row at step 0 (0 at its other steps). While training also turns emissions, in place, into the gradient of the loss by them,
    /// (marginals - onehot) / rows, and leaves each row's part of the gradients of the scores for <see cref="Gradients"/>; otherwise emissions stay, and the
    /// hits say where the best path has the target's tag. Rows are split over lanes; no barrier.
    /// </summary>
    /// <param name="lane">The caller.</param>
    /// <param name="w">The window: lengths, targets (a tag for each step of each row), losses, hits. Without targets nothing happens.</param>
    /// <param name="ws">The workspace.</param>
    /// <param name="y">Offset of the emissions, [T, B, columns], columns being the tags rounded up to 32; the gradient of padding columns is set to 0.</param>
    /// <param name="B">Rows from one step to the next.</param>
    /// <param name="transitions">Scores of one tag after another: [to, from].</param>
    /// <param name="start">Scores of the first tag.</param>
    /// <param name="end">Scores of the last tag.</param>
    /// <param name="constraints">What is allowed, or null for everything.</param>
    /// <param name="scratch">Offset of [B, tags + 2, columns], written while training.</param>
    /// <param name="decoding">What is allowed on the best path, where that is not what <paramref name="constraints"/> say.</param>
    /// <exception cref="InvalidOperationException">A target is no tag (the ignore index is none: it cannot stand inside a sentence), or, while training, the constraints forbid the target path.</exception>
    /// <remarks>
    /// 2 * tags^2 exponentials for each step of a row while training, half of that otherwise. A target path that the constraints forbid has, in evaluation, an
    /// infinite loss. An emission of NaN or positive infinity gives a loss that is not finite.
    /// </remarks>
    public static void Rows(Lane lane, Window w, Workspace ws, int y, int B, MatrixParameter transitions, VectorParameter start, VectorParameter end, CrfConstraints? constraints, int scratch, CrfConstraints? decoding = null)
    {
        if (!w.Target.IsTokens)
        {
            return;
        }

        CrfScratch s = new(lane, w.TimeSteps, transitions, start, end, constraints);
        int columns = transitions.PaddedColumns;
        for (int b = lane.Index; b < w.Rows; b += lane.Count) // one in turn, as rows are ordered by length
        {
            CrfRow row = new(ws.At(y) + ((long)b * columns), (long)B * columns, w.Length(b));
            ReadOnlySpan<int> targets = w.TargetTokens[b..];
            double score = Score(s, row, targets, B, constraints, mustBeAllowed: w.Training);
            double loss = Forward(lane.Kernels, s, row) - score;
            w.Losses[b] = double.IsNegativeInfinity(score) ? double.PositiveInfinity : loss;
            for (int t = 1; t < row.Length; t++)
            {
                w.Losses[(t * B) + b] = 0;
            }

            if (w.Training)
            {
                Backward(lane.Kernels, s, row, targets, B, columns, w.Rows, ws.At(scratch) + ((long)b * (s.Tags + 2) * columns));
            }
        }

        if (!w.Training)
        {
            Hits(lane, w, ws, y, B, decoding is null ? s : new(lane, w.TimeSteps, transitions, start, end, decoding), columns);
        }
    }

    /// <summary>Where the best path has the target's tag.</summary>
    private static void Hits(Lane lane, Window w, Workspace ws, int y, int B, in CrfScratch s, int columns)
    {
        for (int b = lane.Index; b < w.Rows; b += lane.Count)
        {
            CrfRow row = new(ws.At(y) + ((long)b * columns), (long)B * columns, w.Length(b));
            Viterbi(lane.Kernels, s, row);
            for (int t = 0; t < row.Length; t++)
            {
                w.Hits[(t * B) + b] = s.Path[t] == w.TargetTokens[(t * B) + b];
            }
        }
    }

    /// <summary>Finds the best path of tags of each row (C5); among equal ones the last tag is the first possible, then the one before it, and so on. Rows are split over lanes; no barrier.</summary>
    /// <param name="lane">The caller.</param>
    /// <param name="w">The window: lengths.</param>
    /// <param name="ws">The workspace.</param>
    /// <param name="y">Offset of the emissions, [T, B, columns], columns being the tags rounded up to 32.</param>
    /// <param name="B">Rows from one step to the next, of emissions and tags.</param>
    /// <param name="transitions">As in <see cref="Rows"/>.</param>
    /// <param name="start">As in <see cref="Rows"/>.</param>
    /// <param name="end">As in <see cref="Rows"/>.</param>
    /// <param name="constraints">What is allowed, or null for everything.</param>
    /// <param name="tags">[T, B], written for the running rows.</param>
    /// <remarks>A row for which there is no allowed path at all gets tags that are not allowed.</remarks>
    public static void Decode(Lane lane, Window w, Workspace ws, int y, int B, MatrixParameter transitions, VectorParameter start, VectorParameter end, CrfConstraints? constraints, Span<int> tags)
    {
        CrfScratch s = new(lane, w.TimeSteps, transitions, start, end, constraints);
        int columns = transitions.PaddedColumns;
        for (int b = lane.Index; b < w.Rows; b += lane.Count)
        {
            CrfRow row = new(ws.At(y) + ((long)b * columns), (long)B * columns, w.Length(b));
            Viterbi(lane.Kernels, s, row);
            for (int t = 0; t < row.Length; t++)
            {
                tags[(t * B) + b] = s.Path[t];
            }
        }
    }

    /// <summary>As <see cref="Decode"/>, for one row whose emissions lie outside a workspace: the outputs of a predictor.</summary>
    /// <param name="lane">The caller, alone.</param>
    /// <param name="emissions">Step t at t * <paramref name="stride"/>, [tags].</param>
    /// <param name="stride">Floats from one step to the next, at least the tags.</param>
    /// <param name="transitions">As in <see cref="Rows"/>.</param>
    /// <param name="start">As in <see cref="Rows"/>.</param>
    /// <param name="end">As in <see cref="Rows"/>.</param>
    /// <param name="constraints">What is allowed, or null for everything.</param>
    /// <param name="tags">The best path; as long as the row, 1 step at least.</param>
    /// <exception cref="ArgumentException">The row has no steps, or the emissions end before the last one.</exception>
    public static void DecodeRow(Lane lane, ReadOnlySpan<float> emissions, int stride, MatrixParameter transitions, VectorParameter start, VectorParameter end, CrfConstraints? constraints, Span<int> tags)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, transitions.Columns);
        if (tags.IsEmpty || emissions.Length < ((tags.Length - 1L) * stride) + transitions.Columns)
        {
            throw new ArgumentException($"There are {emissions.Length} emissions, {stride} a step, for {tags.Length} steps of {transitions.Columns} tags.", nameof(emissions));
        }

        CrfScratch s = new(lane, tags.Length, transitions, start, end, constraints);
        fixed (float* first = emissions)
        {
            Viterbi(lane.Kernels, s, new CrfRow(first, stride, tags.Length));
        }

        new ReadOnlySpan<int>(s.Path, tags.Length).CopyTo(tags);
    }

    /// <summary>C1: fills in alpha, step by step, and gives the logarithm of the sum over all paths.</summary>
    private static double Forward(KernelSet kernels, in CrfScratch s, in CrfRow row)
    {
        double above = 0; // what the elements of alpha are relative to
        for (int t = 0; t < row.Length; t++)
        {
            float* alpha = s.Step(t), emissions = row.At(t);
            if (t > 0)
            {
                kernels.SumExpColumns(s.Step(t - 1), s.ByFrom, s.Tags, s.Stride, s.Max, s.Sum, null);
            }

            for (int j = 0; j < s.Tags; j++)
            {
                alpha[j] = t == 0 ? s.Start[j] + emissions[j] : (float)(s.Max[j] + FastMath.Log(s.Sum[j]) + emissions[j]);
            }

            above += Normalize(kernels, alpha, s.Tags);
        }

        float* last = s.Step(row.Length - 1);
        for (int j = 0; j < s.Tags; j++)
        {
            s.Beta[j] = last[j] + s.End[j];
        }

        above += Normalize(kernels, s.Beta, s.Tags);
        return above + FastMath.Log(kernels.SumExp(s.Beta, 0, null, s.Tags));
    }

    /// <summary>C5: writes the best path.</summary>
    private static void Viterbi(KernelSet kernels, in CrfScratch s, in CrfRow row)
    {
        for (int t = 0; t < row.Length; t++)
        {
            float* emissions = row.At(t);
            if (t > 0)
            {
                kernels.MaxColumns(s.Beta, s.ByFrom, s.Tags, s.Stride, s.Max, s.Step(t));
            }

            for (int j = 0; j < s.Tags; j++)
            {
                s.Beta[j] = (t == 0 ? s.Start[j] : s.Max[j]) + emissions[j];
            }

            Normalize(kernels, s.Beta, s.Tags);
        }

        int tag = 0;
        float best = float.NegativeInfinity;
        for (int j = 0; j < s.Tags; j++)
        {
            float score = s.Beta[j] + s.End[j];
            if (score > best)
            {
                best = score;
                tag = j;
            }
        }

        for (int t = row.Length - 1; t >= 0; t--)
        {
            s.Path[t] = tag;
            tag = t > 0 ? (int)s.Step(t)[tag] : 0;
        }
    }

    /// <summary>The score of the target path; negative infinity where the constraints forbid it. Targets of a row lie B apart.</summary>
    private static double Score(in CrfScratch s, in CrfRow row, ReadOnlySpan<int> targets, int B, CrfConstraints? constraints, bool mustBeAllowed)
    {
        double score = 0;
        int before = -1;
        for (int t = 0; t < row.Length; t++)
        {
            int tag = targets[t * B];
            if ((uint)tag >= (uint)s.Tags)
            {
                throw new InvalidOperationException($"A sentence has the target {tag} at step {t}; the {s.Tags} tags are 0 to {s.Tags - 1}, and none of them may be ignored. End the sentence before it with the lengths of the batch.");
            }

            if (constraints is not null && mustBeAllowed && !(t == 0 ? constraints.AllowsStart(tag) : constraints.Allows(before, tag)))
            {
                throw new InvalidOperationException($"The constraints forbid the target {tag} at step {t} {(t == 0 ? "to begin a sentence" : $"after {before}")}; correct the target or allow it.");
            }

            score += (double)row.At(t)[tag] + (t == 0 ? s.Start[tag] : s.ByFrom[((long)before * s.Stride) + tag]);
            before = tag;
        }

        if (constraints is not null && mustBeAllowed && !constraints.AllowsEnd(before))
        {
            throw new InvalidOperationException($"The constraints forbid the target {before} at step {row.Length - 1} to end a sentence; correct the target or allow it.");
        }

        return score + s.End[before];
    }

    /// <summary>Makes the largest element 0, unless all are negative infinity; gives what was taken off.</summary>
    private static float Normalize(KernelSet kernels, float* values, int n)
    {
        float largest = kernels.Max(values, n);
        if (float.IsNegativeInfinity(largest))
        {
            return 0;
        }

        kernels.AddConstant(values, -largest, n);
        return largest;
    }
}
