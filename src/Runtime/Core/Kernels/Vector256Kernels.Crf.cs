using Loops = SdCompiler.Runtime.CrfLoops<SdCompiler.Runtime.Simd256, System.Runtime.Intrinsics.Vector256<float>>;

namespace SdCompiler.Runtime;

/// <content>Steps along a chain of tags, 8 tags at a time.</content>
internal sealed unsafe partial class Vector256Kernels
{
    /// <inheritdoc/>
    internal override void SumExpColumns(float* a, float* w, int rows, int columns, float* max, float* sum, float* termsOrNull) => Loops.SumExpColumns(a, w, rows, columns, max, sum, termsOrNull);

    /// <inheritdoc/>
    internal override void MaxColumns(float* a, float* w, int rows, int columns, float* max, float* index) => Loops.MaxColumns(a, w, rows, columns, max, index);
}
