namespace SdCompiler.Runtime;

/// <content>Averaged gradient descent; the same bits on every set, as the other updates.</content>
public abstract unsafe partial class KernelSet
{
    /// <summary>One step of averaged gradient descent on [rows][width] contiguous weights, and their copy in the plain-rows layout, in one pass over memory.</summary>
    /// <param name="w">Weights, updated in place.</param>
    /// <param name="g">The gradient in the same layout, or null for a gradient of zeros.</param>
    /// <param name="average">The average of the weights, updated in place unless the rule's mean is 0.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="width">Floats of a row.</param>
    /// <param name="copy">Where the updated rows of weights go as well, or null.</param>
    /// <param name="copyStride">Floats from one row of <paramref name="copy"/> to the next.</param>
    /// <param name="rule">The step's numbers.</param>
    internal abstract void AsgdUpdate(float* w, float* g, float* average, long rows, int width, float* copy, long copyStride, in AsgdRule rule);
}
