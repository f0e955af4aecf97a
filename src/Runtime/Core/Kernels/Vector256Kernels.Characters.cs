using Loops = SdCompiler.Runtime.CharacterLoops<SdCompiler.Runtime.Simd256, System.Runtime.Intrinsics.Vector256<float>>;

namespace SdCompiler.Runtime;

/// <content>The convolution over a word, 8 filters at a time.</content>
internal sealed unsafe partial class Vector256Kernels
{
    /// <inheritdoc/>
    internal override void LargestPlace(float* q, int stride, int length, int filters, int taps, float* bias, float* best, float* place) => Loops.LargestPlace(q, stride, length, filters, taps, bias, best, place);
}
