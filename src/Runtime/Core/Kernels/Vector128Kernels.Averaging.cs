using Loops = SdCompiler.Runtime.AveragingLoops<SdCompiler.Runtime.Simd128, System.Runtime.Intrinsics.Vector128<float>>;

namespace SdCompiler.Runtime;

/// <content>Averaged gradient descent, 4 floats at a time.</content>
internal sealed unsafe partial class Vector128Kernels
{
    /// <inheritdoc/>
    internal override void AsgdUpdate(float* w, float* g, float* average, long rows, int width, float* copy, long copyStride, in AsgdRule rule)
        => Loops.Asgd(w, g, average, rows, width, copy, copyStride, rule);
}
