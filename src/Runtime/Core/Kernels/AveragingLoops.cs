using System.Runtime.CompilerServices;

namespace SdCompiler.Runtime;

/// <summary>Gradient descent with an average of the weights, for one vector width; what is left of a row runs through the same operations one float at a time.</summary>
/// <typeparam name="S">The operations on a vector.</typeparam>
/// <typeparam name="V">The vector.</typeparam>
/// <remarks>No tiering, as in <see cref="OptimizerLoops{S, V}"/>.</remarks>
internal static unsafe class AveragingLoops<S, V>
    where S : struct, ISimd<V>
    where V : struct
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Asgd(float* w, float* g, float* average, long rows, int width, float* copy, long copyStride, in AsgdRule rule)
    {
        for (long row = 0; row < rows; row++)
        {
            int done = Row<S, V>(w, g, average, 0, width, copy, rule);
            Row<SimdScalar, float>(w, g, average, done, width, copy, rule);
            w += width;
            g = g is null ? null : g + width;
            average += width;
            copy = copy is null ? null : copy + copyStride;
        }
    }

    /// <summary>g*scale + decay*w times the rate off the weight; the average a part of its way towards it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Row<TSimd, TVector>(float* w, float* g, float* average, int i, int n, float* copy, in AsgdRule rule)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector scale = TSimd.Create(rule.GradientScale);
        TVector decay = TSimd.Create(rule.Decay);
        TVector minusRate = TSimd.Create(-rule.Rate);
        TVector mean = TSimd.Create(rule.Mean);
        TVector zero = TSimd.Create(0f);
        bool averages = rule.Mean > 0, isFirst = rule.Mean >= 1;
        for (; i <= n - TSimd.Count; i += TSimd.Count)
        {
            TVector weight = TSimd.Load(w + i);
            TVector gradient = g is null ? zero : TSimd.Multiply(TSimd.Load(g + i), scale);
            weight = TSimd.MultiplyAdd(minusRate, TSimd.MultiplyAdd(decay, weight, gradient), weight);
            TSimd.Store(weight, w + i);
            if (averages)
            {
                TVector before = TSimd.Load(average + i);
                TSimd.Store(isFirst ? weight : TSimd.MultiplyAdd(mean, TSimd.Subtract(weight, before), before), average + i);
            }

            if (copy is not null)
            {
                TSimd.Store(weight, copy + i);
            }
        }

        return i;
    }
}
