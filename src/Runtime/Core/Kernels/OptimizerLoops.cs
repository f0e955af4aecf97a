using System.Runtime.CompilerServices;

namespace SdCompiler.Runtime;

/// <summary>The optimizer kernels of <see cref="KernelSet"/> for one vector width; what is left of a row runs through the same operations one float at a time.</summary>
/// <typeparam name="S">The operations on a vector.</typeparam>
/// <typeparam name="V">The vector.</typeparam>
/// <remarks>No tiering: kernels are hot from the first step, and unoptimised vector code is some fifty times slower until the runtime gets round to it.</remarks>
internal static unsafe class OptimizerLoops<S, V>
    where S : struct, ISimd<V>
    where V : struct
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Sgd(float* w, float* g, float* m, long rows, int width, float* copy, long copyStride, in SgdRule rule)
    {
        for (long row = 0; row < rows; row++)
        {
            int done = SgdRow<S, V>(w, g, m, 0, width, copy, rule);
            SgdRow<SimdScalar, float>(w, g, m, done, width, copy, rule);
            w += width;
            g = g is null ? null : g + width;
            m = m is null ? null : m + width;
            copy = copy is null ? null : copy + copyStride;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SgdReplay(float* w, float* m, int width, SgdRule* rules, int count)
    {
        int i = 0;
        for (; i <= width - (4 * S.Count); i += 4 * S.Count)
        {
            ReplayFour<S, V>(w + i, m is null ? null : m + i, rules, count);
        }

        for (; i <= width - S.Count; i += S.Count)
        {
            ReplayOne<S, V>(w + i, m is null ? null : m + i, rules, count);
        }

        for (; i <= width - 4; i += 4)
        {
            ReplayFour<SimdScalar, float>(w + i, m is null ? null : m + i, rules, count);
        }

        for (; i < width; i++)
        {
            ReplayOne<SimdScalar, float>(w + i, m is null ? null : m + i, rules, count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Adam(float* w, float* g, float* m, float* v, long rows, int width, float* copy, long copyStride, in AdamRule rule)
    {
        for (long row = 0; row < rows; row++)
        {
            int done = AdamRow<S, V>(w, g, m, v, 0, width, copy, rule);
            AdamRow<SimdScalar, float>(w, g, m, v, done, width, copy, rule);
            w += width;
            g = g is null ? null : g + width;
            m += width;
            v += width;
            copy = copy is null ? null : copy + copyStride;
        }
    }

    /// <summary>g*scale + decay*w into the velocity, the velocity (or ahead of it) times the rate off the weight.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int SgdRow<TSimd, TVector>(float* w, float* g, float* m, int i, int n, float* copy, in SgdRule rule)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector scale = TSimd.Create(rule.GradientScale);
        TVector zero = TSimd.Create(0f);
        SgdNumbers<TSimd, TVector> numbers = new(rule);
        for (; i <= n - TSimd.Count; i += TSimd.Count)
        {
            TVector weight = TSimd.Load(w + i);
            TVector gradient = g is null ? zero : TSimd.Multiply(TSimd.Load(g + i), scale);
            if (m is not null)
            {
                TVector velocity = TSimd.Load(m + i);
                weight = numbers.Moved(weight, gradient, ref velocity);
                TSimd.Store(velocity, m + i);
            }
            else
            {
                weight = numbers.Moved(weight, gradient);
            }

            TSimd.Store(weight, w + i);
            if (copy is not null)
            {
                TSimd.Store(weight, copy + i);
            }
        }

        return i;
    }

    /// <summary>Four vectors, whose moves do not wait for each other, stay in registers for all steps.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ReplayFour<TSimd, TVector>(float* w, float* m, SgdRule* rules, int count)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector zero = TSimd.Create(0f);
        TVector w0 = TSimd.Load(w), w1 = TSimd.Load(w + TSimd.Count), w2 = TSimd.Load(w + (2 * TSimd.Count)), w3 = TSimd.Load(w + (3 * TSimd.Count));
        if (m is null)
        {
            for (int step = 0; step < count; step++)
            {
                SgdNumbers<TSimd, TVector> numbers = new(rules[step]);
                w0 = numbers.Moved(w0, zero);
                w1 = numbers.Moved(w1, zero);
                w2 = numbers.Moved(w2, zero);
                w3 = numbers.Moved(w3, zero);
            }
        }
        else
        {
            TVector m0 = TSimd.Load(m), m1 = TSimd.Load(m + TSimd.Count), m2 = TSimd.Load(m + (2 * TSimd.Count)), m3 = TSimd.Load(m + (3 * TSimd.Count));
            for (int step = 0; step < count; step++)
            {
                SgdNumbers<TSimd, TVector> numbers = new(rules[step]);
                w0 = numbers.Moved(w0, zero, ref m0);
                w1 = numbers.Moved(w1, zero, ref m1);
                w2 = numbers.Moved(w2, zero, ref m2);
                w3 = numbers.Moved(w3, zero, ref m3);
            }

            TSimd.Store(m0, m);
            TSimd.Store(m1, m + TSimd.Count);
            TSimd.Store(m2, m + (2 * TSimd.Count));
            TSimd.Store(m3, m + (3 * TSimd.Count));
        }

        TSimd.Store(w0, w);
        TSimd.Store(w1, w + TSimd.Count);
        TSimd.Store(w2, w + (2 * TSimd.Count));
        TSimd.Store(w3, w + (3 * TSimd.Count));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ReplayOne<TSimd, TVector>(float* w, float* m, SgdRule* rules, int count)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector zero = TSimd.Create(0f), weight = TSimd.Load(w), velocity = m is null ? zero : TSimd.Load(m);
        for (int step = 0; step < count; step++)
        {
            SgdNumbers<TSimd, TVector> numbers = new(rules[step]);
            weight = m is null ? numbers.Moved(weight, zero) : numbers.Moved(weight, zero, ref velocity);
        }

        TSimd.Store(weight, w);
        if (m is not null)
        {
            TSimd.Store(velocity, m);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int AdamRow<TSimd, TVector>(float* w, float* g, float* m, float* v, int i, int n, float* copy, in AdamRule rule)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector scale = TSimd.Create(rule.GradientScale);
        TVector decay = TSimd.Create(rule.Decay);
        TVector keep = TSimd.Create(rule.Keep);
        TVector beta1 = TSimd.Create(rule.Beta1);
        TVector beta2 = TSimd.Create(rule.Beta2);
        TVector rest1 = TSimd.Create(1 - rule.Beta1);
        TVector rest2 = TSimd.Create(1 - rule.Beta2);
        TVector minusStep = TSimd.Create(-rule.StepSize);
        TVector rootScale = TSimd.Create(rule.RootScale);
        TVector epsilon = TSimd.Create(rule.Epsilon);
        TVector zero = TSimd.Create(0f);
        for (; i <= n - TSimd.Count; i += TSimd.Count)
        {
            TVector weight = TSimd.Load(w + i);
            TVector scaled = g is null ? zero : TSimd.Multiply(TSimd.Load(g + i), scale);
            TVector gradient = TSimd.MultiplyAdd(decay, weight, scaled);
            TVector first = TSimd.MultiplyAdd(beta1, TSimd.Load(m + i), TSimd.Multiply(rest1, gradient));
            TVector second = TSimd.MultiplyAdd(beta2, TSimd.Load(v + i), TSimd.Multiply(TSimd.Multiply(rest2, gradient), gradient));
            TSimd.Store(first, m + i);
            TSimd.Store(second, v + i);
            TVector denominator = TSimd.MultiplyAdd(TSimd.SquareRoot(second), rootScale, epsilon);
            weight = TSimd.MultiplyAdd(minusStep, TSimd.Divide(first, denominator), TSimd.Multiply(keep, weight));
            TSimd.Store(weight, w + i);
            if (copy is not null)
            {
                TSimd.Store(weight, copy + i);
            }
        }

        return i;
    }
}
