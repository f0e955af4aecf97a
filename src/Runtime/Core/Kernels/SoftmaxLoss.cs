using System;
using System.ComponentModel;

namespace SdCompiler.Runtime;

/// <summary>Softmax and cross-entropy: loss = log(sum of e^y) - y[target], in nats.</summary>
/// <remarks>For emitted code: offsets and sizes are planned at build time, and what they reach is not checked.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class SoftmaxLoss
{
    /// <summary>
    /// Turns logits into what the caller needs next, in place: while training into the gradient of the loss by the logits, (softmax - onehot) / rows;
    /// otherwise into log-probabilities. Writes the losses of the window where it has targets. Rows are split over lanes; no barrier.
    /// </summary>
    /// <param name="lane">The caller.</param>
    /// <param name="w">The window: running rows, targets, losses. A target for each row stands at time step 0.</param>
    /// <param name="ws">The workspace.</param>
    /// <param name="y">Offset of the logits of step <paramref name="first"/>, [steps, B, columns].</param>
    /// <param name="classes">Classes; columns beyond them are padding, whose gradient is set to 0.</param>
    /// <param name="columns">Floats from one row to the next.</param>
    /// <param name="B">Rows from one step to the next.</param>
    /// <param name="first">The first time step.</param>
    /// <param name="count">How many time steps.</param>
    /// <param name="smoothing">L3: the share of the target that training spreads evenly over all classes. The loss stays that of the target.</param>
    /// <remarks>A row with a logit of NaN or positive infinity gets a loss that is not finite; one of negative infinity is a class of probability 0. A target that equals the ignore index gives loss 0 and gradient 0.</remarks>
    public static unsafe void Rows(Lane lane, Window w, Workspace ws, int y, int classes, int columns, int B, int first, int count, double smoothing = 0)
    {
        Share share = StepRows.Of(lane, w, first, count);
        int before = 0;
        for (int t = first; t < first + count; t++)
        {
            int rows = w.RowsAt(t);
            Share mine = StepRows.In(share, before, rows);
            before += rows;
            for (int b = mine.Start; b < mine.End; b++)
            {
                float* row = ws.At(y) + (((long)(t - first) * B) + b) * columns;
                if (w.Training)
                {
                    w.Losses[(t * B) + b] = Gradient(lane.Kernels, row, classes, columns, w.TargetTokens[(t * B) + b], w.Target.IgnoreIndex, w.Rows, smoothing);
                }
                else
                {
                    int target = w.Target.IsTokens ? w.TargetTokens[(t * B) + b] : -1;
                    double loss = LogProbabilities(lane.Kernels, row, classes, target, w.Target.IgnoreIndex, out bool hit);
                    if (w.Target.IsTokens)
                    {
                        w.Hits[(t * B) + b] = hit;
                    }

                    w.Losses[(t * B) + b] = loss;
                }
            }
        }
    }

    private static unsafe double Gradient(KernelSet kernels, float* y, int classes, int columns, int target, int ignored, int rows, double smoothing)
    {
        new Span<float>(y + classes, columns - classes).Clear();
        if (target == ignored)
        {
            new Span<float>(y, classes).Clear();
            return 0;
        }

        float max = kernels.Max(y, classes);
        float logit = y[target];
        double sum = kernels.SumExp(y, max, y, classes);
        double inverseRows = 1.0 / rows;
        kernels.Scale(y, (float)(inverseRows / sum), y, classes, accumulate: false);
        if (smoothing > 0)
        {
            kernels.AddConstant(y, (float)(-smoothing * inverseRows / classes), classes);
        }

        y[target] -= (float)((1 - smoothing) * inverseRows);
        return FastMath.Log(sum) + ((double)max - logit);
    }

    private static unsafe double LogProbabilities(KernelSet kernels, float* y, int classes, int target, int ignored, out bool hit)
    {
        float max = kernels.Max(y, classes);
        double logSum = FastMath.Log(kernels.SumExp(y, max, null, classes)) + max;
        bool counts = target >= 0 && target != ignored;
        double loss = counts ? logSum - y[target] : 0;
        float constant = (float)-logSum;
        kernels.AddConstant(y, constant, classes);

        // Among equals the first is the answer, as whoever looks for the most probable class in these outputs finds it.
        float highest = max + constant;
        hit = counts && y[target] == highest && !new ReadOnlySpan<float>(y, target).Contains(highest);
        return loss;
    }
}
