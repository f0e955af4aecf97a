using System;
using System.Collections.Generic;
using System.Linq;

namespace SdCompiler.Samples.GpuCheck.Measuring;

/// <summary>What is reported of several measurements.</summary>
internal static class Statistics
{
    /// <summary>The median: one disturbed measurement does not move it.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        int middle = sorted.Length / 2;
        return sorted.Length == 0 ? throw new ArgumentException("There is no measurement.", nameof(values))
            : sorted.Length % 2 == 1 ? sorted[middle]
            : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
