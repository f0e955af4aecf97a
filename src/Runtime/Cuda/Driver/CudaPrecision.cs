namespace SdCompiler.Runtime.Cuda;

/// <summary>How matrix products of floats are computed; sums are in single precision in any case.</summary>
public enum CudaPrecision
{
    /// <summary>Factors in single precision, 24 bits.</summary>
    Float32,

    /// <summary>Factors rounded to 11 bits, on the tensor cores: several times faster, with relative errors of about 1e-3.</summary>
    TensorFloat32,
}
