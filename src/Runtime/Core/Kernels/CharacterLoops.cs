using System;
using System.Runtime.CompilerServices;

namespace SdCompiler.Runtime;

/// <summary>The convolution over a word for one vector width: a vector holds filters, so that sums keep the order of the plain loops.</summary>
/// <typeparam name="S">The operations on a vector.</typeparam>
/// <typeparam name="V">The vector.</typeparam>
/// <remarks>The taps of a filter lie as many columns apart as there are filters, whatever their number: what is left beyond whole vectors takes the plain loops.</remarks>
internal static unsafe class CharacterLoops<S, V>
    where S : struct, ISimd<V>
    where V : struct
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void LargestPlace(float* q, int stride, int length, int filters, int taps, float* bias, float* best, float* place)
    {
        int before = (taps - 1) / 2, f = 0;
        for (; f + S.Count <= filters; f += S.Count)
        {
            V largest = S.Create(float.NegativeInfinity), at = S.Create(0f);
            for (int p = 0; p < length; p++)
            {
                V sum = S.Create(0f);
                int start = Math.Max(0, before - p), end = Math.Min(taps, length - p + before);
                float* from = q + ((long)(p + start - before) * stride) + ((long)start * filters) + f;
                for (int k = start; k < end; k++)
                {
                    sum = S.Add(sum, S.Load(from));
                    from += stride + filters;
                }

                V larger = S.IsLess(largest, sum);
                at = S.Select(larger, S.Create(p), at);
                largest = S.Select(larger, sum, largest);
                largest = S.Select(S.IsNaN(sum), sum, largest);
            }

            S.Store(S.Add(largest, S.Load(bias + f)), best + f);
            S.Store(at, place + f);
        }

        ReferenceKernels.LargestPlace(q, stride, length, f, filters, taps, bias, best, place);
    }
}
