using Loops = SdCompiler.Runtime.AttentionLoops<SdCompiler.Runtime.Simd512, System.Runtime.Intrinsics.Vector512<float>>;

namespace SdCompiler.Runtime;

/// <content>Attention, 16 floats at a time.</content>
internal sealed unsafe partial class Vector512Kernels
{
    /// <inheritdoc/>
    internal override void Dots(float* q, float* k, long stride, int count, int n, float* to) => Loops.Dots(q, k, stride, count, n, to);

    /// <inheritdoc/>
    internal override void WeightedSum(float* factors, float* m, long stride, int count, int n, float* to) => Loops.WeightedSum(factors, m, stride, count, n, to);

    /// <inheritdoc/>
    internal override void Outer(float* factors, float* x, float* to, long stride, int count, int n, bool accumulate) => Loops.Outer(factors, x, to, stride, count, n, accumulate);

    /// <inheritdoc/>
    internal override void TanhDots(float* q, float* k, float* v, long stride, int count, int n, float* to) => Loops.TanhDots(q, k, v, stride, count, n, to);

    /// <inheritdoc/>
    internal override void TanhDotsGradient(float* de, float* q, float* k, float* v, long stride, int count, int n, float* dq, float* dk, float* dv, bool accumulate) =>
        Loops.TanhDotsGradient(de, q, k, v, stride, count, n, dq, dk, dv, accumulate);
}
