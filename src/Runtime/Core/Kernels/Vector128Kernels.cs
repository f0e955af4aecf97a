using System.Runtime.Intrinsics;

namespace SdCompiler.Runtime;

/// <summary>128-bit vectors of any maker: ARM64, and x64 without AVX2. Multiplies and adds are fused where the processor can.</summary>
internal sealed unsafe partial class Vector128Kernels : ReferenceKernels
{
    /// <summary>True where 128-bit vectors are registers and not emulation.</summary>
    public static bool IsSupported => Vector128.IsHardwareAccelerated;

    /// <inheritdoc/>
    public override string Name => "vector128";
}
