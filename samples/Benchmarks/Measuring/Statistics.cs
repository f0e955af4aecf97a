using System;
using System.Collections.Generic;
using System.Linq;

namespace SdCompiler.Samples.Benchmarks.Measuring;

/// <summary>What is reported of several measurements.</summary>
internal static class Statistics
{
    /// <summary>The median: one disturbed measurement does not move it. NaN of nothing.</summary>
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = values.Order().ToArray();
        int middle = sorted.Length / 2;
        return sorted.Length == 0 ? double.NaN : sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
