using System;

namespace SdCompiler.Runtime;

/// <summary>Square matrices with orthonormal rows, uniform among all of them (Saxe et al. 2014): the Q of a matrix of normal numbers.</summary>
internal static class OrthogonalDraw
{
    /// <summary>Fills <paramref name="blocks"/> matrices, [blocks][size][size].</summary>
    public static void Fill(Span<float> values, ulong key, int size, int blocks)
    {
        double[] matrix = new double[(long)size * size];
        for (int block = 0; block < blocks; block++)
        {
            for (int i = 0; i < matrix.Length; i++)
            {
                matrix[i] = NormalDraw.Number(key, (uint)((block * (long)matrix.Length) + i));
            }

            Orthonormalize(matrix, size);
            Span<float> part = values.Slice(block * matrix.Length, matrix.Length);
            for (int i = 0; i < matrix.Length; i++)
            {
                part[i] = (float)matrix[i];
            }
        }
    }

    /// <summary>Modified Gram-Schmidt on rows, in double precision; each row is cleaned twice, which leaves rounding errors only (Giraud et al. 2005).</summary>
    private static void Orthonormalize(double[] matrix, int size)
    {
        for (int row = 0; row < size; row++)
        {
            Span<double> current = matrix.AsSpan(row * size, size);
            for (int pass = 0; pass < 2; pass++)
            {
                for (int earlier = 0; earlier < row; earlier++)
                {
                    ReadOnlySpan<double> other = matrix.AsSpan(earlier * size, size);
                    AddScaled(current, other, -Dot(current, other));
                }
            }

            double inverse = 1 / Math.Sqrt(Dot(current, current));
            foreach (ref double value in current)
            {
                value *= inverse;
            }
        }
    }

    /// <summary>Four partial sums whatever the vector width is, so that every machine draws the same matrix.</summary>
    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double s0 = 0, s1 = 0, s2 = 0, s3 = 0;
        int i = 0;
        for (; i + 4 <= a.Length; i += 4)
        {
            s0 += a[i] * b[i];
            s1 += a[i + 1] * b[i + 1];
            s2 += a[i + 2] * b[i + 2];
            s3 += a[i + 3] * b[i + 3];
        }

        for (; i < a.Length; i++)
        {
            s0 += a[i] * b[i];
        }

        return (s0 + s1) + (s2 + s3);
    }

    private static void AddScaled(Span<double> to, ReadOnlySpan<double> from, double factor)
    {
        for (int i = 0; i < to.Length; i++)
        {
            to[i] += factor * from[i];
        }
    }
}
