using Loops = SdCompiler.Runtime.ElementwiseLoops<SdCompiler.Runtime.Simd256, System.Runtime.Intrinsics.Vector256<float>>;

namespace SdCompiler.Runtime;

/// <content>Element-wise kernels, 8 floats at a time.</content>
internal sealed unsafe partial class Vector256Kernels
{
    /// <inheritdoc/>
    internal override void Activate(Activation activation, float* y, int n) => Loops.Activate(activation, y, n);

    /// <inheritdoc/>
    internal override void ActivationGradient(Activation activation, float* dy, float* y, int n) => Loops.ActivationGradient(activation, dy, y, n);

    /// <inheritdoc/>
    internal override void Multiply(float* a, float* b, float* to, int n, bool accumulate) => Loops.Multiply(a, b, to, n, accumulate);

    /// <inheritdoc/>
    internal override void Scale(float* a, float factor, float* to, int n, bool accumulate) => Loops.Scale(a, factor, to, n, accumulate);

    /// <inheritdoc/>
    internal override void PackRows(float* x, int stride, int* kept, int count, float scale, float* to, int n) => Loops.PackRows(x, stride, kept, count, scale, to, n);

    /// <inheritdoc/>
    internal override void AddConstant(float* y, float value, int n) => Loops.AddConstant(y, value, n);

    /// <inheritdoc/>
    internal override float Max(float* y, int n) => Loops.Max(y, n);

    /// <inheritdoc/>
    internal override double SumExp(float* y, float shift, float* to, int n) => Loops.SumExp(y, shift, to, n);
}
