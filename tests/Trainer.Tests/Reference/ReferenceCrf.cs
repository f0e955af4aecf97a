using System;
using System.Collections.Generic;
using System.Linq;

namespace SdCompiler.Trainer.Tests.Reference;

/// <summary>
/// log(sum over all paths of e^score) - score of the target path of each row, by the textbook's forward and backward recursions; gradients of the emissions and
/// of the scores from the marginals of tags and of pairs of tags.
/// </summary>
internal sealed class ReferenceCrf(string name, ReferencePass pass) : ReferenceLoss
{
    private readonly double[] _transitions = pass.Parameters[name + ".transitions"];
    private readonly double[] _start = pass.Parameters[name + ".start_transitions"];
    private readonly double[] _end = pass.Parameters[name + ".end_transitions"];

    public override (double Loss, Sequence Gradient) Evaluate(Sequence y, ReferenceWindow window)
    {
        double loss = 0;
        Sequence gradient = y.Like(y.Units);
        for (int row = 0; row < y.Rows; row++)
        {
            loss += Row(y, row, window, gradient);
        }

        return (loss / y.Rows, gradient);
    }

    /// <summary>The best path of a row among those that are allowed, by enumeration: the last tag changes slowest, so the first of equal paths is the trainer's.</summary>
    public int[] Best(Sequence y, int row, int length, Func<int[], bool> isAllowed)
    {
        int[] best = [];
        int[] path = new int[length];
        while (true)
        {
            if (isAllowed(path) && (best.Length == 0 || Score(y, row, path) > Score(y, row, best)))
            {
                best = [.. path];
            }

            int t = 0;
            while (t < length && ++path[t] == y.Units)
            {
                path[t++] = 0;
            }

            if (t == length)
            {
                return best;
            }
        }
    }

    private double Score(Sequence y, int row, int[] path)
    {
        double score = _start[path[0]] + _end[path[^1]];
        for (int t = 0; t < path.Length; t++)
        {
            score += y[t, row, path[t]] + (t == 0 ? 0 : Pair(path[t - 1], path[t], y.Units));
        }

        return score;
    }

    private double Row(Sequence y, int row, ReferenceWindow window, Sequence gradient)
    {
        (int length, int tags) = (window.Lengths[row], y.Units);
        int[] target = Enumerable.Range(0, length).Select(t => window.TargetTokens[(t * y.Rows) + row]).ToArray();
        double[][] alpha = new double[length][];
        double[][] beta = new double[length][];
        for (int t = 0; t < length; t++)
        {
            alpha[t] = Each(tags, to => y[t, row, to] + (t == 0 ? _start[to] : LogSum(Each(tags, from => alpha[t - 1][from] + Pair(from, to, tags)))));
        }

        for (int t = length - 1; t >= 0; t--)
        {
            beta[t] = Each(tags, from => t == length - 1 ? _end[from] : LogSum(Each(tags, to => Pair(from, to, tags) + y[t + 1, row, to] + beta[t + 1][to])));
        }

        double logZ = LogSum(Each(tags, tag => alpha[^1][tag] + _end[tag]));
        for (int t = 0; t < length; t++)
        {
            for (int tag = 0; tag < tags; tag++)
            {
                double surplus = (Math.Exp(alpha[t][tag] + beta[t][tag] - logZ) - (tag == target[t] ? 1 : 0)) / y.Rows;
                gradient[t, row, tag] = surplus;
                Gradient(".start_transitions")[tag] += t == 0 ? surplus : 0;
                Gradient(".end_transitions")[tag] += t == length - 1 ? surplus : 0;
                for (int to = 0; to < tags && t < length - 1; to++)
                {
                    double both = Math.Exp(alpha[t][tag] + Pair(tag, to, tags) + y[t + 1, row, to] + beta[t + 1][to] - logZ);
                    Gradient(".transitions")[(tag * tags) + to] += (both - (tag == target[t] && to == target[t + 1] ? 1 : 0)) / y.Rows;
                }
            }
        }

        return logZ - Score(y, row, target);
    }

    private double[] Gradient(string parameter) => pass.Gradients[name + parameter];

    private double Pair(int from, int to, int tags) => _transitions[(from * tags) + to];

    private static double[] Each(int count, Func<int, double> value) => Enumerable.Range(0, count).Select(value).ToArray();

    private static double LogSum(IReadOnlyList<double> exponents)
    {
        double largest = exponents.Max();
        return largest + Math.Log(exponents.Sum(exponent => Math.Exp(exponent - largest)));
    }
}
