using System;
using System.ComponentModel;

namespace SdCompiler.Runtime;

/// <summary>A mixture of softmaxes and its cross-entropy: loss = -log(sum over k of pi[k] * softmax(y[k])[target]), in nats.</summary>
/// <remarks>For emitted code: offsets and sizes are planned at build time, and what they reach is not checked.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class MixtureLoss
{
    private const int PartsOfExpert = 2; // the sum of its exponentials, and the logarithm of the target's probability times the expert's weight

    /// <summary>
    /// Turns the experts' logits into what the caller needs next, in place: while training into the gradients of the loss by the logits and by the scores of the experts (X5); otherwise
    /// into the log-probabilities of the mixture, which stand in the place of each row's first expert. Writes the losses of the window where it has targets.
    /// Rows are split over lanes; no barrier.
    /// </summary>
    /// <param name="lane">The caller.</param>
    /// <param name="w">The window: running rows, targets, losses.</param>
    /// <param name="ws">The workspace.</param>
    /// <param name="y">Offset of the logits of step <paramref name="first"/>, [steps, B * experts, columns].</param>
    /// <param name="prior">Offset of the experts' scores at step 0, [T, B, experts rounded up to 32]; pi is their softmax.</param>
    /// <param name="experts">Experts, at most 1024.</param>
    /// <param name="classes">Classes; columns beyond them are padding, whose gradient is set to 0.</param>
    /// <param name="columns">Floats from one row of logits to the next.</param>
    /// <param name="B">Rows of the batch from one step to the next.</param>
    /// <param name="first">The first time step.</param>
    /// <param name="count">How many time steps.</param>
    /// <remarks>
    /// Everything but the gradients themselves is in the space of logarithms, so an expert that gives the target next to nothing takes nothing away from the others. A row with a logit of NaN or positive infinity
    /// gets a loss that is not finite. A target that equals the ignore index gives loss 0 and gradient 0.
    /// </remarks>
    public static void Rows(Lane lane, Window w, Workspace ws, int y, int prior, int experts, int classes, int columns, int B, int first, int count)
    {
        double* parts = stackalloc double[PartsOfExpert * experts];
        int scoreColumns = LateBuffer.Padded(experts);
        Share share = StepRows.Of(lane, w, first, count);
        int before = 0;
        for (int t = first; t < first + count; t++)
        {
            int rows = w.RowsAt(t);
            Share mine = StepRows.In(share, before, rows);
            before += rows;
            for (int b = mine.Start; b < mine.End; b++)
            {
                var row = new Row(lane, ws.At(y) + ((((long)(t - first) * B) + b) * experts * columns), ws.At(prior) + ((((long)t * B) + b) * scoreColumns), experts, classes, columns, parts);
                int cell = (t * B) + b;
                int target = w.Target.IsTokens ? w.TargetTokens[cell] : -1;
                bool counts = w.Target.IsTokens && target != w.Target.IgnoreIndex;
                if (w.Training)
                {
                    w.Losses[cell] = row.Gradient(counts ? target : -1, w.Rows);
                }
                else
                {
                    double loss = row.LogProbabilities(counts ? target : -1, out bool hit);
                    w.Losses[cell] = loss;
                    if (w.Target.IsTokens)
                    {
                        w.Hits[cell] = hit;
                    }
                }
            }
        }
    }

    /// <summary>One row of one step: the logits of its experts, and the experts' scores.</summary>
    private readonly ref struct Row(Lane lane, float* logits, float* scores, int experts, int classes, int columns, double* parts)
    {
        private readonly KernelSet kernels = lane.Kernels;
        private readonly double* sums = parts;
        private readonly double* joint = parts + experts;

        /// <summary>X4, X5.</summary>
        /// <param name="target">The target, or -1 where it is ignored.</param>
        /// <param name="rows">The rows of the batch, over which the loss is a mean.</param>
        public double Gradient(int target, int rows)
        {
            if (target < 0)
            {
                new Span<float>(logits, experts * columns).Clear();
                new Span<float>(scores, LateBuffer.Padded(experts)).Clear();
                return 0;
            }

            double logScores = LogSum(scores, experts, out float largestScore, out double scoreSum);
            for (int k = 0; k < experts; k++)
            {
                float* row = logits + ((long)k * columns);
                float logit = row[target], max = kernels.Max(row, classes);
                sums[k] = kernels.SumExp(row, max, row, classes);
                joint[k] = scores[k] - logScores + (((double)logit - max) - FastMath.Log(sums[k]));
            }

            double logProbability = LogSum();
            double inverseRows = 1.0 / rows;
            for (int k = 0; k < experts; k++)
            {
                // The share of expert k in what the target got: its probability behind the target.
                double share = FastMath.Exp((float)(joint[k] - logProbability)) * inverseRows;
                float* row = logits + ((long)k * columns);
                kernels.Scale(row, (float)(share / sums[k]), row, classes, accumulate: false);
                row[target] -= (float)share;
                new Span<float>(row + classes, columns - classes).Clear();
                scores[k] = (float)((FastMath.Exp(scores[k] - largestScore) / scoreSum * inverseRows) - share);
            }

            new Span<float>(scores + experts, LateBuffer.Padded(experts) - experts).Clear();
            return -logProbability;
        }

        /// <summary>X4 for every class; the logits of the first expert become log-probabilities.</summary>
        /// <param name="target">The target, or -1 where there is none or it is ignored.</param>
        /// <param name="hit">Whether the target is the first one among the most probable classes.</param>
        public double LogProbabilities(int target, out bool hit)
        {
            float* max = lane.Floats((2 * columns) + experts), sum = max + columns, weights = sum + columns;
            double logScores = LogSum(scores, experts, out _, out _);
            for (int k = 0; k < experts; k++)
            {
                float* row = logits + ((long)k * columns);
                double weight = scores[k] - logScores - LogSum(row, classes, out _, out _);
                weights[k] = (float)weight;
                joint[k] = target < 0 ? 0 : weight + row[target];
            }

            double loss = target < 0 ? 0 : -LogSum();
            kernels.SumExpColumns(weights, logits, experts, columns, max, sum, null);
            for (int n = 0; n < classes; n++)
            {
                logits[n] = (float)(max[n] + FastMath.Log(sum[n]));
            }

            float highest = kernels.Max(logits, classes);
            hit = target >= 0 && logits[target] == highest && !new ReadOnlySpan<float>(logits, target).Contains(highest);
            return loss;
        }

        private double LogSum(float* values, int n, out float max, out double sum)
        {
            max = kernels.Max(values, n);
            sum = kernels.SumExp(values, max, null, n);
            return max + FastMath.Log(sum);
        }

        /// <summary>The log-probability of the target: over all experts, in ascending order.</summary>
        private double LogSum()
        {
            double best = joint[0], total = 0;
            for (int k = 1; k < experts; k++)
            {
                best = Math.Max(best, joint[k]); // NaN stays
            }

            for (int k = 0; k < experts; k++)
            {
                total += FastMath.Exp((float)(joint[k] - best));
            }

            return best + FastMath.Log(total);
        }
    }
}
