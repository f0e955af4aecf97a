using System.Collections.Generic;

namespace SdCompiler;

/// <summary>When averaging begins in NT-ASGD (Merity et al. 2017, arXiv:1708.02182, and the authors' code).</summary>
internal static class NonMonotoneTrigger
{
    /// <summary>Whether an epoch's figure is above the least of all epochs before it but the last n.</summary>
    /// <param name="before">The figures of the epochs before it, in order; lower is better.</param>
    /// <param name="figure">The epoch's own.</param>
    /// <param name="n">The non-monotone interval.</param>
    public static bool IsReached(IReadOnlyList<double> before, double figure, int n)
    {
        double least = double.PositiveInfinity;
        for (int i = 0; i < before.Count - n; i++)
        {
            least = before[i] < least ? before[i] : least;
        }

        return figure > least;
    }
}
