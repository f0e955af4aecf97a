using Loops = SdCompiler.Runtime.CharacterLoops<SdCompiler.Runtime.Simd512, System.Runtime.Intrinsics.Vector512<float>>;

namespace SdCompiler.Runtime;

/// <content>The convolution over a word, 16 filters at a time.</content>
internal sealed unsafe partial class Vector512Kernels
{
    /// <inheritdoc/>
    internal override void LargestPlace(float* q, int stride, int length, int filters, int taps, float* bias, float* best, float* place) => Loops.LargestPlace(q, stride, length, filters, taps, bias, best, place);
}
