using Loops = SdCompiler.Runtime.CrfLoops<SdCompiler.Runtime.Simd512, System.Runtime.Intrinsics.Vector512<float>>;

namespace SdCompiler.Runtime;

/// <content>Steps along a chain of tags, 16 tags at a time.</content>
internal sealed unsafe partial class Vector512Kernels
{
    /// <inheritdoc/>
    internal override void SumExpColumns(float* a, float* w, int rows, int columns, float* max, float* sum, float* termsOrNull) => Loops.SumExpColumns(a, w, rows, columns, max, sum, termsOrNull);

    /// <inheritdoc/>
    internal override void MaxColumns(float* a, float* w, int rows, int columns, float* max, float* index) => Loops.MaxColumns(a, w, rows, columns, max, index);
}
