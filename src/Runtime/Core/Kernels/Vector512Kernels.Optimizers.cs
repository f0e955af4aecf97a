using Loops = SdCompiler.Runtime.OptimizerLoops<SdCompiler.Runtime.Simd512, System.Runtime.Intrinsics.Vector512<float>>;

namespace SdCompiler.Runtime;

/// <content>Optimizer kernels, 16 floats at a time.</content>
internal sealed unsafe partial class Vector512Kernels
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
