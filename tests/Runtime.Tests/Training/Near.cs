using System;
using Xunit;

namespace SdCompiler.Runtime.Tests.Training;

/// <summary>Comparison of float results with double references.</summary>
internal static class Near
{
    /// <summary>The largest difference is at most the tolerance times the largest expected number (at least 1e-3).</summary>
    public static void All(ReadOnlySpan<double> expected, ReadOnlySpan<float> actual, double tolerance, string what = "")
    {
        Assert.Equal(expected.Length, actual.Length);
        double largest = 1e-3;
        double difference = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(float.IsFinite(actual[i]), $"{what}[{i}] is {actual[i]}");
            largest = Math.Max(largest, Math.Abs(expected[i]));
            difference = Math.Max(difference, Math.Abs(expected[i] - actual[i]));
        }

        Assert.True(difference <= tolerance * largest, $"{what}: difference {difference:g3}, allowed {tolerance * largest:g3}");
    }
}
