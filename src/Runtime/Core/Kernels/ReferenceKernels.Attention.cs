using System;

namespace SdCompiler.Runtime;

/// <content>Attention in plain loops.</content>
internal unsafe partial class ReferenceKernels
{
    /// <inheritdoc/>
    internal override void Dots(float* q, float* k, long stride, int count, int n, float* to)
    {
        for (int j = 0; j < count; j++)
        {
            float sum = 0;
            for (int i = 0; i < n; i++)
            {
                sum = MathF.FusedMultiplyAdd(q[i], k[(j * stride) + i], sum);
            }

            to[j] = sum;
        }
    }

    /// <inheritdoc/>
    internal override void WeightedSum(float* factors, float* m, long stride, int count, int n, float* to)
    {
        for (int i = 0; i < n; i++)
        {
            float sum = 0;
            for (int j = 0; j < count; j++)
            {
                sum = MathF.FusedMultiplyAdd(factors[j], m[(j * stride) + i], sum);
            }

            to[i] = sum;
        }
    }

    /// <inheritdoc/>
    internal override void Outer(float* factors, float* x, float* to, long stride, int count, int n, bool accumulate)
    {
        for (int j = 0; j < count; j++)
        {
            for (int i = 0; i < n; i++)
            {
                long at = (j * stride) + i;
                to[at] = accumulate ? MathF.FusedMultiplyAdd(factors[j], x[i], to[at]) : factors[j] * x[i];
            }
        }
    }

    /// <inheritdoc/>
    internal override void TanhDots(float* q, float* k, float* v, long stride, int count, int n, float* to)
    {
        for (int j = 0; j < count; j++)
        {
            float sum = 0;
            for (int i = 0; i < n; i++)
            {
                sum = MathF.FusedMultiplyAdd(v[i], FastMath.Tanh(q[i] + k[(j * stride) + i]), sum);
            }

            to[j] = sum;
        }
    }

    /// <inheritdoc/>
    internal override void TanhDotsGradient(float* de, float* q, float* k, float* v, long stride, int count, int n, float* dq, float* dk, float* dv, bool accumulate)
    {
        for (int j = 0; j < count; j++)
        {
            for (int i = 0; i < n; i++)
            {
                long at = (j * stride) + i;
                float y = FastMath.Tanh(q[i] + k[at]);
                float g = de[j] * v[i] * MathF.FusedMultiplyAdd(-y, y, 1);
                dk[at] = accumulate ? dk[at] + g : g;
                dq[i] += g;
                dv[i] = MathF.FusedMultiplyAdd(de[j], y, dv[i]);
            }
        }
    }
}
