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
    internal abstract void SgdUpdate(float* w, float* g, float* m, long rows, int width, float* copy, long copyStride, in SgdRule rule);

    /// <summary>Several steps of gradient descent on one row whose gradient is zero in all of them, with the same bits as one after the other.</summary>
    /// <param name="w">Weights, updated in place.</param>
    /// <param name="m">The velocity, updated in place, or null without momentum.</param>
    /// <param name="width">Floats of the row.</param>
    /// <param name="rules">Each step's numbers.</param>
    /// <param name="count">Steps.</param>
    internal abstract void SgdReplay(float* w, float* m, int width, SgdRule* rules, int count);

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
    internal abstract void AdamUpdate(float* w, float* g, float* m, float* v, long rows, int width, float* copy, long copyStride, in AdamRule rule);
}
