using System;
using System.Collections.Generic;
using System.Linq;

namespace SdCompiler.Runtime.Tests;

/// <summary>One row of a CRF in double precision, by enumeration of all paths where there are few, else by the textbook recursions.</summary>
internal sealed class CrfReference(double[][] emissions, double[,] transitions, double[] start, double[] end)
{
    public int Length => emissions.Length;

    public int Tags => start.Length;

    /// <summary>Every path; the tag of the last step changes slowest, so that among equal paths the first one is the kernels'.</summary>
    public IEnumerable<int[]> Paths()
    {
        int[] path = new int[Length];
        while (true)
        {
            yield return (int[])path.Clone();
            int t = 0;
            while (t < Length && ++path[t] == Tags)
            {
                path[t++] = 0;
            }

            if (t == Length)
            {
                yield break;
            }
        }
    }

    public double Score(int[] path)
    {
        double score = start[path[0]] + end[path[^1]];
        for (int t = 0; t < Length; t++)
        {
            score += emissions[t][path[t]] + (t == 0 ? 0 : transitions[path[t - 1], path[t]]);
        }

        return score;
    }

    public double LogZByEnumeration() => LogSum(Paths().Select(Score));

    public double[][] MarginalsByEnumeration()
    {
        double logZ = LogZByEnumeration();
        double[][] marginals = emissions.Select(_ => new double[Tags]).ToArray();
        foreach (int[] path in Paths())
        {
            for (int t = 0; t < Length; t++)
            {
                marginals[t][path[t]] += Math.Exp(Score(path) - logZ);
            }
        }

        return marginals;
    }

    public int[] BestByEnumeration()
    {
        int[]? best = null;
        foreach (int[] path in Paths())
        {
            best = best is null || Score(path) > Score(best) ? path : best;
        }

        return best!;
    }

    public double LogZ() => LogSum(Alpha()[^1].Select((alpha, j) => alpha + end[j]));

    public double[][] Marginals()
    {
        double[][] alpha = Alpha();
        double logZ = LogZ();
        double[] beta = end;
        for (int t = Length - 1; t >= 0; t--)
        {
            double[] next = beta.Select((b, j) => b + emissions[t][j]).ToArray();
            alpha[t] = alpha[t].Select((a, j) => Math.Exp(a + beta[j] - logZ)).ToArray();
            beta = Enumerable.Range(0, Tags).Select(from => LogSum(next.Select((n, to) => n + transitions[from, to]))).ToArray();
        }

        return alpha;
    }

    /// <summary>The score of the best path.</summary>
    public double BestScore()
    {
        double[] best = start.Select((s, j) => s + emissions[0][j]).ToArray();
        for (int t = 1; t < Length; t++)
        {
            double[] before = best;
            best = Enumerable.Range(0, Tags).Select(to => emissions[t][to] + before.Select((b, from) => b + transitions[from, to]).Max()).ToArray();
        }

        return best.Select((b, j) => b + end[j]).Max();
    }

    private double[][] Alpha()
    {
        double[][] alpha = new double[Length][];
        for (int t = 0; t < Length; t++)
        {
            alpha[t] = Enumerable.Range(0, Tags)
                .Select(to => emissions[t][to] + (t == 0 ? start[to] : LogSum(alpha[t - 1].Select((a, from) => a + transitions[from, to]))))
                .ToArray();
        }

        return alpha;
    }

    private static double LogSum(IEnumerable<double> exponents)
    {
        double[] all = exponents.ToArray();
        double largest = all.Max();
        return double.IsNegativeInfinity(largest) ? largest : largest + Math.Log(all.Sum(x => Math.Exp(x - largest)));
    }
}
