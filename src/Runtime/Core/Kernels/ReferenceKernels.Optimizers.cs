using Loops = SdCompiler.Runtime.OptimizerLoops<SdCompiler.Runtime.SimdScalar, float>;

namespace SdCompiler.Runtime;

/// <content>Optimizer kernels, one float at a time.</content>
internal unsafe partial class ReferenceKernels
{
    /// <inheritdoc/>
    internal override void SgdUpdate(float* w, float* g, float* m, long rows, int width, float* copy, long copyStride, in SgdRule rule)
        => Loops.Sgd(w, g, m, rows, width, copy, copyStride, rule);

    /// <inheritdoc/>
    internal override void SgdReplay(float* w, float* m, int width, SgdRule* rules, int count)
        => Loops.SgdReplay(w, m, width, rules, count);

    /// <inheritdoc/>
    internal override void AdamUpdate(float* w, float* g, float* m, float* v, long rows, int width, float* copy, long copyStride, in AdamRule rule)
        => Loops.Adam(w, g, m, v, rows, width, copy, copyStride, rule);
}
