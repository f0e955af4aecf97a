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
        TVector decay = TSimd.Create(rule.Decay);
        TVector momentum = TSimd.Create(rule.Momentum);
        TVector minusRate = TSimd.Create(-rule.Rate);
        TVector zero = TSimd.Create(0f);
        bool nesterov = rule.Nesterov;
        for (; i <= n - TSimd.Count; i += TSimd.Count)
        {
            TVector weight = TSimd.Load(w + i);
            TVector gradient = g is null ? zero : TSimd.Multiply(TSimd.Load(g + i), scale);
            TVector direction = TSimd.MultiplyAdd(decay, weight, gradient);
            if (m is not null)
            {
                TVector velocity = TSimd.MultiplyAdd(momentum, TSimd.Load(m + i), direction);
                TSimd.Store(velocity, m + i);
                direction = nesterov ? TSimd.MultiplyAdd(momentum, velocity, direction) : velocity;
            }

            weight = TSimd.MultiplyAdd(minusRate, direction, weight);
            TSimd.Store(weight, w + i);
            if (copy is not null)
            {
                TSimd.Store(weight, copy + i);
            }
        }

        return i;
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
