namespace SdCompiler.Runtime;

public abstract unsafe partial class KernelSet
{
    // Updates are element by element and every set rounds each operation the same way (explicit fused multiply-add, IEEE division and
    // square root), so that all sets give the same bits.

    /// <summary>One step of gradient descent on [rows][width] contiguous weights, and their copy in the plain-rows layout, in one pass over memory.</summary>
    /// <param name="w">Weights, updated in place.</param>
    /// <param name="g">The gradient in the same layout, or null for a gradient of zeros.</param>
    /// <param name="m">The velocity, updated in place, or null without momentum.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="width">Floats of a row.</param>
    /// <param name="copy">Where the updated rows go as well, or null.</param>
    /// <param name="copyStride">Floats from one row of <paramref name="copy"/> to the next.</param>
    /// <param name="rule">The step's numbers.</param>
    internal virtual void SgdUpdate(float* w, float* g, float* m, long rows, int width, float* copy, long copyStride, in SgdRule rule)
    {
        for (long row = 0; row < rows; row++)
        {
            for (int i = 0; i < width; i++)
            {
                float gradient = OptimizerScalars.Gradient(g is null ? 0f : g[i], w[i], rule.GradientScale, rule.Decay);
                w[i] = OptimizerScalars.Sgd(w[i], gradient, m is null ? null : m + i, rule);
                if (copy is not null)
                {
                    copy[i] = w[i];
                }
            }

            w += width;
            g = g is null ? null : g + width;
            m = m is null ? null : m + width;
            copy = copy is null ? null : copy + copyStride;
        }
    }

    /// <summary>One Adam step on [rows][width] contiguous weights, and their copy in the plain-rows layout, in one pass over memory.</summary>
    /// <param name="w">Weights, updated in place.</param>
    /// <param name="g">The gradient in the same layout, or null for a gradient of zeros.</param>
    /// <param name="m">The first moment, updated in place.</param>
    /// <param name="v">The second moment, updated in place.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="width">Floats of a row.</param>
    /// <param name="copy">Where the updated rows go as well, or null.</param>
    /// <param name="copyStride">Floats from one row of <paramref name="copy"/> to the next.</param>
    /// <param name="rule">The step's numbers.</param>
    internal virtual void AdamUpdate(float* w, float* g, float* m, float* v, long rows, int width, float* copy, long copyStride, in AdamRule rule)
    {
        for (long row = 0; row < rows; row++)
        {
            for (int i = 0; i < width; i++)
            {
                float gradient = OptimizerScalars.Gradient(g is null ? 0f : g[i], w[i], rule.GradientScale, rule.Decay);
                w[i] = OptimizerScalars.Adam(w[i], gradient, m + i, v + i, rule);
                if (copy is not null)
                {
                    copy[i] = w[i];
                }
            }

            w += width;
            g = g is null ? null : g + width;
            m += width;
            v += width;
            copy = copy is null ? null : copy + copyStride;
        }
    }
}
