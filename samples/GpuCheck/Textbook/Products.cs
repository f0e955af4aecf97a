using System;
using System.Numerics;
using System.Runtime.InteropServices;

namespace SdCompiler.Samples.GpuCheck.Textbook;

/// <summary>The three products of a weight W [outputs, inputs], one vector at a time.</summary>
internal static class Products
{
    /// <summary>y += W x.</summary>
    public static void Forward(double[] weight, double[] x, double[] y)
    {
        for (int j = 0; j < y.Length; j++)
        {
            y[j] += Dot(weight.AsSpan(j * x.Length, x.Length), x);
        }
    }

    /// <summary>dx += W^T dy.</summary>
    public static void Backward(double[] weight, double[] dy, double[] dx)
    {
        for (int j = 0; j < dy.Length; j++)
        {
            AddScaled(dx, weight.AsSpan(j * dx.Length, dx.Length), dy[j]);
        }
    }

    /// <summary>dW += dy x^T.</summary>
    public static void Gradient(double[] dy, double[] x, double[] gradient)
    {
        for (int j = 0; j < dy.Length; j++)
        {
            AddScaled(gradient.AsSpan(j * x.Length, x.Length), x, dy[j]);
        }
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        ReadOnlySpan<Vector<double>> left = MemoryMarshal.Cast<double, Vector<double>>(a), right = MemoryMarshal.Cast<double, Vector<double>>(b);
        Vector<double> sums = Vector<double>.Zero;
        for (int i = 0; i < left.Length; i++)
        {
            sums += left[i] * right[i];
        }

        double sum = Vector.Sum(sums);
        for (int i = left.Length * Vector<double>.Count; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    private static void AddScaled(Span<double> y, ReadOnlySpan<double> x, double scale)
    {
        Span<Vector<double>> to = MemoryMarshal.Cast<double, Vector<double>>(y);
        ReadOnlySpan<Vector<double>> from = MemoryMarshal.Cast<double, Vector<double>>(x);
        for (int i = 0; i < to.Length; i++)
        {
            to[i] += from[i] * scale;
        }

        for (int i = to.Length * Vector<double>.Count; i < y.Length; i++)
        {
            y[i] += x[i] * scale;
        }
    }
}
