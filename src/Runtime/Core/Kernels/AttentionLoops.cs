using System.Runtime.CompilerServices;

namespace SdCompiler.Runtime;

/// <summary>The attention kernels of <see cref="KernelSet"/> for one vector width.</summary>
/// <typeparam name="S">The operations on a vector.</typeparam>
/// <typeparam name="V">The vector.</typeparam>
/// <remarks>n is a multiple of 32, and so of two vectors of every width: there is no tail. No tiering, as in <see cref="ElementwiseLoops{S, V}"/>.</remarks>
internal static unsafe class AttentionLoops<S, V>
    where S : struct, ISimd<V>
    where V : struct
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Dots(float* q, float* k, long stride, int count, int n, float* to)
    {
        int j = 0;
        for (; j + 4 <= count; j += 4)
        {
            // Four vectors share each load of q; their sums do not wait for each other.
            float* k0 = k + (j * stride), k1 = k0 + stride, k2 = k1 + stride, k3 = k2 + stride;
            V s0 = S.Create(0f), s1 = s0, s2 = s0, s3 = s0;
            for (int i = 0; i < n; i += S.Count)
            {
                V x = S.Load(q + i);
                s0 = S.MultiplyAdd(x, S.Load(k0 + i), s0);
                s1 = S.MultiplyAdd(x, S.Load(k1 + i), s1);
                s2 = S.MultiplyAdd(x, S.Load(k2 + i), s2);
                s3 = S.MultiplyAdd(x, S.Load(k3 + i), s3);
            }

            to[j] = (float)S.Sum(s0);
            to[j + 1] = (float)S.Sum(s1);
            to[j + 2] = (float)S.Sum(s2);
            to[j + 3] = (float)S.Sum(s3);
        }

        for (; j < count; j++)
        {
            float* k0 = k + (j * stride);
            V sum = S.Create(0f);
            for (int i = 0; i < n; i += S.Count)
            {
                sum = S.MultiplyAdd(S.Load(q + i), S.Load(k0 + i), sum);
            }

            to[j] = (float)S.Sum(sum);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void WeightedSum(float* factors, float* m, long stride, int count, int n, float* to)
    {
        for (int i = 0; i < n; i += 2 * S.Count)
        {
            V low = S.Create(0f), high = low;
            float* from = m + i;
            for (int j = 0; j < count; j++)
            {
                V factor = S.Create(factors[j]);
                low = S.MultiplyAdd(factor, S.Load(from), low);
                high = S.MultiplyAdd(factor, S.Load(from + S.Count), high);
                from += stride;
            }

            S.Store(low, to + i);
            S.Store(high, to + i + S.Count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Outer(float* factors, float* x, float* to, long stride, int count, int n, bool accumulate)
    {
        for (int j = 0; j < count; j++)
        {
            V factor = S.Create(factors[j]);
            float* row = to + (j * stride);
            for (int i = 0; i < n && accumulate; i += S.Count)
            {
                S.Store(S.MultiplyAdd(factor, S.Load(x + i), S.Load(row + i)), row + i);
            }

            for (int i = 0; i < n && !accumulate; i += S.Count)
            {
                S.Store(S.Multiply(factor, S.Load(x + i)), row + i);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void TanhDots(float* q, float* k, float* v, long stride, int count, int n, float* to)
    {
        for (int j = 0; j < count; j++)
        {
            float* row = k + (j * stride);
            V sum = S.Create(0f);
            for (int i = 0; i < n; i += S.Count)
            {
                sum = S.MultiplyAdd(S.Load(v + i), FastMathOf<S, V>.Tanh(S.Add(S.Load(q + i), S.Load(row + i))), sum);
            }

            to[j] = (float)S.Sum(sum);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void TanhDotsGradient(float* de, float* q, float* k, float* v, long stride, int count, int n, float* dq, float* dk, float* dv, bool accumulate)
    {
        V one = S.Create(1f), zero = S.Create(0f);
        for (int j = 0; j < count; j++)
        {
            float* row = k + (j * stride), gradient = dk + (j * stride);
            V error = S.Create(de[j]);
            for (int i = 0; i < n; i += S.Count)
            {
                V y = FastMathOf<S, V>.Tanh(S.Add(S.Load(q + i), S.Load(row + i)));
                V g = S.Multiply(S.Multiply(error, S.Load(v + i)), S.MultiplyAdd(S.Subtract(zero, y), y, one));
                S.Store(accumulate ? S.Add(S.Load(gradient + i), g) : g, gradient + i);
                S.Store(S.Add(S.Load(dq + i), g), dq + i);
                S.Store(S.MultiplyAdd(error, y, S.Load(dv + i)), dv + i);
            }
        }
    }
}
