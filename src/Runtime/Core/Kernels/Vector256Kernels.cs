using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SdCompiler.Runtime;

/// <summary>AVX2 with fused multiply-add: tiles of 12 accumulators, of 16 registers.</summary>
internal sealed unsafe partial class Vector256Kernels : ReferenceKernels
{
    /// <summary>Fused multiply-add came with AVX2 in every processor but a few of one year; those use 128-bit vectors.</summary>
    public static bool IsSupported => Vector256.IsHardwareAccelerated && Fma.IsSupported;

    /// <inheritdoc/>
    public override string Name => "vector256";
}
