using System;
using System.Runtime.CompilerServices;

namespace SdCompiler.Runtime;

/// <summary>The element-wise kernels of <see cref="KernelSet"/> for one vector width; what is left of a row runs through the same operations one float at a time.</summary>
/// <typeparam name="S">The operations on a vector.</typeparam>
/// <typeparam name="V">The vector.</typeparam>
/// <remarks>No tiering: kernels are hot from the first step, and unoptimised vector code is some fifty times slower until the runtime gets round to it.</remarks>
internal static unsafe class ElementwiseLoops<S, V>
    where S : struct, ISimd<V>
    where V : struct
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Activate(Activation activation, float* y, int n)
    {
        switch (activation)
        {
            case Activation.None:
                break;
            case Activation.Tanh:
                Map<Tanh>(y, n);
                break;
            case Activation.Sigmoid:
                Map<Sigmoid>(y, n);
                break;
            case Activation.Relu:
                Map<Relu>(y, n);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(activation), activation, "There is no such activation.");
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ActivationGradient(Activation activation, float* dy, float* y, int n)
    {
        switch (activation)
        {
            case Activation.None:
                break;
            case Activation.Tanh:
                MapGradient<Tanh>(dy, y, n);
                break;
            case Activation.Sigmoid:
                MapGradient<Sigmoid>(dy, y, n);
                break;
            case Activation.Relu:
                MapGradient<Relu>(dy, y, n);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(activation), activation, "There is no such activation.");
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(float* a, float* b, float* to, int n, bool accumulate)
    {
        int i = 0;
        for (; i + S.Count <= n; i += S.Count)
        {
            V x = S.Load(a + i);
            V y = S.Load(b + i);
            S.Store(accumulate ? S.MultiplyAdd(x, y, S.Load(to + i)) : S.Multiply(x, y), to + i);
        }

        // A tail one by one: with accumulation, an overlapping last vector would add twice.
        for (; i < n; i++)
        {
            to[i] = accumulate ? MathF.FusedMultiplyAdd(a[i], b[i], to[i]) : a[i] * b[i];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Scale(float* a, float factor, float* to, int n, bool accumulate)
    {
        V factors = S.Create(factor);
        int i = 0;
        for (; i + S.Count <= n; i += S.Count)
        {
            V x = S.Load(a + i);
            S.Store(accumulate ? S.MultiplyAdd(x, factors, S.Load(to + i)) : S.Multiply(x, factors), to + i);
        }

        for (; i < n; i++)
        {
            to[i] = accumulate ? MathF.FusedMultiplyAdd(a[i], factor, to[i]) : a[i] * factor;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void PackRows(float* x, int stride, int* kept, int count, float scale, float* to, int n)
    {
        for (int j = 0; j < count; j++)
        {
            Scale(x + ((long)kept[j] * stride), scale, to, n, accumulate: false);
            to += stride;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddConstant(float* y, float value, int n)
    {
        V values = S.Create(value);
        int i = 0;
        for (; i + S.Count <= n; i += S.Count)
        {
            S.Store(S.Add(S.Load(y + i), values), y + i);
        }

        for (; i < n; i++)
        {
            y[i] += value;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Max(float* y, int n)
    {
        if (n < S.Count)
        {
            return ElementwiseLoops<SimdScalar, float>.Max(y, n);
        }

        V largest = S.Load(y);
        int i = S.Count;
        for (; i + S.Count <= n; i += S.Count)
        {
            largest = S.Max(largest, S.Load(y + i));
        }

        // The last vector overlaps: the largest of a number and itself is that number.
        return S.Largest(S.Max(largest, S.Load(y + (n - S.Count))));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double SumExp(float* y, float shift, float* to, int n)
    {
        V shifts = S.Create(shift);
        double sum = 0;
        int i = 0;
        while (i + S.Count <= n)
        {
            // Terms are added as floats in short runs and the runs in double precision: a long row loses nothing.
            int run = Math.Min(n, i + (64 * S.Count));
            V terms = S.Create(0f);
            for (; i + S.Count <= run; i += S.Count)
            {
                V term = FastMathOf<S, V>.Exp(S.Subtract(S.Load(y + i), shifts));
                terms = S.Add(terms, term);
                if (to != null)
                {
                    S.Store(term, to + i);
                }
            }

            sum += S.Sum(terms);
        }

        for (; i < n; i++)
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

    private static void Map<F>(float* y, int n)
        where F : struct, IFunction
    {
        int i = 0;
        for (; i + S.Count <= n; i += S.Count)
        {
            S.Store(F.Value<S, V>(S.Load(y + i)), y + i);
        }

        for (; i < n; i++)
        {
            y[i] = F.Value<SimdScalar, float>(y[i]);
        }
    }

    private static void MapGradient<F>(float* dy, float* y, int n)
        where F : struct, IFunction
    {
        int i = 0;
        for (; i + S.Count <= n; i += S.Count)
        {
            S.Store(F.Gradient<S, V>(S.Load(dy + i), S.Load(y + i)), dy + i);
        }

        for (; i < n; i++)
        {
            dy[i] = F.Gradient<SimdScalar, float>(dy[i], y[i]);
        }
    }

    /// <summary>An activation: y = f(a), and the gradient by a from the gradient by y and y itself.</summary>
    private interface IFunction
    {
        static abstract W Value<O, W>(W a)
            where O : struct, ISimd<W>
            where W : struct;

        static abstract W Gradient<O, W>(W dy, W y)
            where O : struct, ISimd<W>
            where W : struct;
    }

    private readonly struct Tanh : IFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static W Value<O, W>(W a)
            where O : struct, ISimd<W>
            where W : struct
            => FastMathOf<O, W>.Tanh(a);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static W Gradient<O, W>(W dy, W y)
            where O : struct, ISimd<W>
            where W : struct
            => O.Multiply(dy, O.MultiplyAdd(O.Subtract(O.Create(0f), y), y, O.Create(1f)));
    }

    private readonly struct Sigmoid : IFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static W Value<O, W>(W a)
            where O : struct, ISimd<W>
            where W : struct
            => FastMathOf<O, W>.Sigmoid(a);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static W Gradient<O, W>(W dy, W y)
            where O : struct, ISimd<W>
            where W : struct
            => O.Multiply(dy, O.Multiply(y, O.Subtract(O.Create(1f), y)));
    }

    private readonly struct Relu : IFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static W Value<O, W>(W a)
            where O : struct, ISimd<W>
            where W : struct
            => O.Select(O.IsLess(a, O.Create(0f)), O.Create(0f), a);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static W Gradient<O, W>(W dy, W y)
            where O : struct, ISimd<W>
            where W : struct
            => O.Select(O.IsLess(O.Create(0f), y), dy, O.Create(0f));
    }
}
