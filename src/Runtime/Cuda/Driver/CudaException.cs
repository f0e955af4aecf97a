using System;

namespace SdCompiler.Runtime.Cuda;

/// <summary>The CUDA backend cannot go on. The message names the call, its status and text, and the way out.</summary>
public sealed class CudaException : Exception
{
    /// <summary>An error with its sentence.</summary>
    /// <param name="message">What failed and the way out.</param>
    public CudaException(string message)
        : base(message)
    {
    }

    /// <summary>An error with its sentence and what caused it.</summary>
    /// <param name="message">What failed and the way out.</param>
    /// <param name="innerException">The cause.</param>
    public CudaException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>An error without a sentence; prefer the other constructors.</summary>
    public CudaException()
        : base("The CUDA backend cannot go on.")
    {
    }

    internal CudaException(string message, int status, Exception? innerException = null)
        : base(message, innerException) => Status = status;

    /// <summary>The status that the driver, NVRTC or cuBLAS returned, each with numbers of its own; -1 where a library is missing, 0 where no call failed.</summary>
    public int Status { get; }
}
