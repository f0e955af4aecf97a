using System.Runtime.Intrinsics.X86;

namespace SdCompiler.Runtime;

/// <summary>AVX-512: tiles of 10 rows by two 512-bit vectors, of 32 registers.</summary>
internal sealed unsafe partial class Vector512Kernels : ReferenceKernels
{
    /// <summary>
    /// Asks for the instructions and not <c>Vector512.IsHardwareAccelerated</c>, which is false where the runtime fears a lower clock for
    /// short vector bursts; a training step is nothing but vectors, and gains either way.
    /// </summary>
    public static bool IsSupported => Avx512F.IsSupported;

    /// <inheritdoc/>
    public override string Name => "vector512";

    /// <inheritdoc/>
    internal override ProductBlocking Blocking { get; } = ProductBlocking.LargeCaches;
}
