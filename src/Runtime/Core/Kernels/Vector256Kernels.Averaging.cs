using Loops = SdCompiler.Runtime.AveragingLoops<SdCompiler.Runtime.Simd256, System.Runtime.Intrinsics.Vector256<float>>;

namespace SdCompiler.Runtime;

/// <content>Averaged gradient descent, 8 floats at a time.</content>
internal sealed unsafe partial class Vector256Kernels
{
    /// <inheritdoc/>
    internal override void AsgdUpdate(float* w, float* g, float* average, long rows, int width, float* copy, long copyStride, in AsgdRule rule)
        => Loops.Asgd(w, g, average, rows, width, copy, copyStride, rule);
}
