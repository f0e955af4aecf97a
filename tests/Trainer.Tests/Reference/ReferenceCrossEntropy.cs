using System;
using System.Linq;

namespace SdCompiler.Trainer.Tests.Reference;

/// <summary>Cross-entropy in nats: at every step, or (classification) at each row's last step only.</summary>
internal sealed class ReferenceCrossEntropy(int ignoreIndex, bool lastStepOnly, double smoothing = 0) : ReferenceLoss
{
    public override (double Loss, Sequence Gradient) Evaluate(Sequence y, ReferenceWindow window)
    {
        double loss = 0;
        Sequence gradient = y.Like(y.Units);
        for (int row = 0; row < y.Rows; row++)
        {
            for (int t = lastStepOnly ? window.Lengths[row] - 1 : 0; t < window.Lengths[row]; t++)
            {
                int target = lastStepOnly ? window.TargetTokens[row] : window.TargetTokens[(t * y.Rows) + row];
                if (target == ignoreIndex)
                {
                    continue;
                }

                double largest = double.NegativeInfinity;
                for (int n = 0; n < y.Units; n++)
                {
                    largest = Math.Max(largest, y[t, row, n]);
                }

                double sum = 0;
                for (int n = 0; n < y.Units; n++)
                {
                    sum += Math.Exp(y[t, row, n] - largest);
                }

                loss += largest + Math.Log(sum) - y[t, row, target];
                for (int n = 0; n < y.Units; n++)
                {
                    double probability = Math.Exp(y[t, row, n] - largest) / sum;
                    gradient[t, row, n] = (probability - ((1 - smoothing) * (n == target ? 1 : 0)) - (smoothing / y.Units)) / y.Rows;
                }
            }
        }

        return (loss / y.Rows, gradient);
    }

    /// <summary>The cross-entropy with the smoothed target, spelled out class by class.</summary>
    public override double Objective(Sequence y, ReferenceWindow window)
    {
        double sum = 0;
        for (int row = 0; row < y.Rows; row++)
        {
            for (int t = lastStepOnly ? window.Lengths[row] - 1 : 0; t < window.Lengths[row]; t++)
            {
                int target = lastStepOnly ? window.TargetTokens[row] : window.TargetTokens[(t * y.Rows) + row];
                double[] logits = Enumerable.Range(0, y.Units).Select(n => y[t, row, n]).ToArray();
                double logSum = logits.Max() + Math.Log(logits.Sum(logit => Math.Exp(logit - logits.Max())));
                for (int n = 0; target != ignoreIndex && n < y.Units; n++)
                {
                    sum += ((smoothing / y.Units) + (n == target ? 1 - smoothing : 0)) * (logSum - logits[n]);
                }
            }
        }

        return sum / y.Rows;
    }
}
