using System;

namespace SdCompiler;

/// <summary>What a model is compiled for. Every model has the CPU, which its predictors run on.</summary>
[Flags]
public enum Backends
{
    /// <summary>The processor, with the SIMD kernels of SdCompiler.Runtime.</summary>
    Cpu = 1,

    /// <summary>NVIDIA GPUs; needs SdCompiler.Runtime.Cuda.</summary>
    Cuda = 2,
}
