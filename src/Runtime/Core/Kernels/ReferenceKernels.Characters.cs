using System;

namespace SdCompiler.Runtime;

/// <content>The convolution over a word, in plain loops.</content>
internal unsafe partial class ReferenceKernels
{
    /// <inheritdoc/>
    internal override void LargestPlace(float* q, int stride, int length, int filters, int taps, float* bias, float* best, float* place) =>
        LargestPlace(q, stride, length, 0, filters, taps, bias, best, place);

    /// <summary>The same from some filter on, for what is left beyond whole vectors.</summary>
    internal static void LargestPlace(float* q, int stride, int length, int first, int filters, int taps, float* bias, float* best, float* place)
    {
        int before = (taps - 1) / 2;
        for (int f = first; f < filters; f++)
        {
            float largest = float.NegativeInfinity;
            int at = 0;
            for (int p = 0; p < length; p++)
            {
                float sum = 0;
                int end = Math.Min(taps, length - p + before);
                for (int k = Math.Max(0, before - p); k < end; k++)
                {
                    sum += q[((long)(p + k - before) * stride) + ((long)k * filters) + f];
                }

                at = largest < sum ? p : at;
                largest = largest < sum || float.IsNaN(sum) ? sum : largest;
            }

            best[f] = largest + bias[f];
            place[f] = at;
        }
    }
}
