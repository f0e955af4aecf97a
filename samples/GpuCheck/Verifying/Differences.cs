using System;

namespace SdCompiler.Samples.GpuCheck.Verifying;

/// <summary>How far results are from what they should be: ||result - right|| / ||right||.</summary>
internal static class Differences
{
    /// <summary>Below this, a right result counts as zero, and the difference is taken as it is.</summary>
    private const double Nothing = 1e-12;

    /// <summary>The relative difference of two tensors; NaN where the result has one, infinity where their lengths differ.</summary>
    public static double Relative(ReadOnlySpan<double> right, ReadOnlySpan<double> result)
    {
        if (right.Length != result.Length)
        {
            return double.PositiveInfinity;
        }

        double norm = 0, difference = 0;
        for (int i = 0; i < right.Length; i++)
        {
            norm += right[i] * right[i];
            difference += (result[i] - right[i]) * (result[i] - right[i]);
        }

        return norm < Nothing * Nothing ? Math.Sqrt(difference) : Math.Sqrt(difference / norm);
    }

    /// <summary>The relative difference of single-precision results.</summary>
    public static double Relative(ReadOnlySpan<double> right, float[] result) => Relative(right, Array.ConvertAll(result, value => (double)value));

    /// <summary>The larger one; NaN where one is.</summary>
    public static double Worse(double left, double right) => Math.Max(left, right);
}
