using Loops = SdCompiler.Runtime.AveragingLoops<SdCompiler.Runtime.SimdScalar, float>;

namespace SdCompiler.Runtime;

/// <content>Averaged gradient descent, one float at a time.</content>
internal unsafe partial class ReferenceKernels
{
    /// <inheritdoc/>
    internal override void AsgdUpdate(float* w, float* g, float* average, long rows, int width, float* copy, long copyStride, in AsgdRule rule)
        => Loops.Asgd(w, g, average, rows, width, copy, copyStride, rule);
}
