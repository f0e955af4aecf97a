using System;

namespace SdCompiler.Runtime;

/// <content>Element-wise kernels in plain loops.</content>
internal unsafe partial class ReferenceKernels
{
    /// <inheritdoc/>
    internal override void Activate(Activation activation, float* y, int n)
    {
        for (int i = 0; i < n; i++)
        {
            y[i] = activation switch
            {
                Activation.None => y[i],
                Activation.Tanh => FastMath.Tanh(y[i]),
                Activation.Sigmoid => FastMath.Sigmoid(y[i]),
                Activation.Relu => y[i] < 0 ? 0 : y[i],
                _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, "There is no such activation."),
            };
        }
    }

    /// <inheritdoc/>
    internal override void ActivationGradient(Activation activation, float* dy, float* y, int n)
    {
        for (int i = 0; i < n; i++)
        {
            dy[i] = activation switch
            {
                Activation.None => dy[i],
                Activation.Tanh => dy[i] * MathF.FusedMultiplyAdd(-y[i], y[i], 1),
                Activation.Sigmoid => dy[i] * (y[i] * (1 - y[i])),
                Activation.Relu => y[i] > 0 ? dy[i] : 0,
                _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, "There is no such activation."),
            };
        }
    }

    /// <inheritdoc/>
    internal override void Multiply(float* a, float* b, float* to, int n, bool accumulate)
    {
        for (int i = 0; i < n; i++)
        {
            to[i] = accumulate ? MathF.FusedMultiplyAdd(a[i], b[i], to[i]) : a[i] * b[i];
        }
    }

    /// <inheritdoc/>
    internal override void Scale(float* a, float factor, float* to, int n, bool accumulate)
    {
        for (int i = 0; i < n; i++)
        {
            to[i] = accumulate ? MathF.FusedMultiplyAdd(a[i], factor, to[i]) : a[i] * factor;
        }
    }

    /// <inheritdoc/>
    internal override void PackRows(float* x, int stride, int* kept, int count, float scale, float* to, int n)
    {
        for (long j = 0; j < count; j++)
        {
            for (int i = 0; i < n; i++)
            {
                to[(j * stride) + i] = x[((long)kept[j] * stride) + i] * scale;
            }
        }
    }

    /// <inheritdoc/>
    internal override void AddConstant(float* y, float value, int n)
    {
        for (int i = 0; i < n; i++)
        {
            y[i] += value;
        }
    }

    /// <inheritdoc/>
    internal override float Max(float* y, int n)
    {
        float largest = y[0];
        for (int i = 1; i < n; i++)
        {
            largest = y[i] > largest ? y[i] : largest;
        }

        return largest;
    }

    /// <inheritdoc/>
    internal override double SumExp(float* y, float shift, float* to, int n)
    {
        double sum = 0;
        for (int i = 0; i < n; i++)
        {
            float term = FastMath.Exp(y[i] - shift);
            sum += term;
            if (to != null)
            {
                to[i] = term;
            }
        }

        return sum;
    }
}
