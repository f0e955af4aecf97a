using System;

namespace SdCompiler.Runtime.Cuda;

/// <summary>The three native libraries of the backend, as they are called on this platform.</summary>
internal static class CudaLibraries
{
    public const string DriverName = "sdcompiler-cuda-driver";
    public const string NvrtcName = "sdcompiler-cuda-nvrtc";
    public const string BlasName = "sdcompiler-cuda-blas";

    private const string ToolkitSource =
        "A CUDA toolkit brings it, or a libtorch-cuda package beside the application, or any folder named in " + NativeLibraries.FoldersVariable;

    /// <summary>The driver: it belongs to the machine, so no package carries it.</summary>
    public static CudaLibrary Driver { get; } = new(
        DriverName,
        "the CUDA driver",
        "It comes with the NVIDIA display driver (version 525 or newer, 580 for CUDA 13); on a machine without an NVIDIA GPU, train on the CPU",
        OperatingSystem.IsWindows() ? [new("nvcuda.dll")] : [new("libcuda.so.1")],
        Pattern: null,
        NotPattern: "",
        Beside: null);

    /// <summary>The compiler of kernels.</summary>
    public static CudaLibrary Nvrtc { get; } = new(
        NvrtcName,
        "NVRTC (the compiler of CUDA kernels)",
        ToolkitSource,
        OperatingSystem.IsWindows()
            ? [new("nvrtc64_130_0.dll", 13), new("nvrtc64_120_0.dll", 12)]
            : [new("libnvrtc.so.13", 13), new("libnvrtc.so.12", 12), new("libnvrtc.so")],
        OperatingSystem.IsWindows() ? "nvrtc64_*.dll" : "libnvrtc-*.so.*",
        NotPattern: "builtins",
        OperatingSystem.IsWindows() ? "nvrtc-builtins*.dll" : "libnvrtc-builtins*.so.*");

    /// <summary>The matrix products.</summary>
    public static CudaLibrary Blas { get; } = new(
        BlasName,
        "cuBLAS (the library of matrix products)",
        ToolkitSource,
        OperatingSystem.IsWindows()
            ? [new("cublas64_13.dll", 13), new("cublas64_12.dll", 12)]
            : [new("libcublas.so.13", 13), new("libcublas.so.12", 12), new("libcublas.so")],
        OperatingSystem.IsWindows() ? "cublas64_*.dll" : "libcublas-*.so.*",
        NotPattern: "Lt",
        OperatingSystem.IsWindows() ? "cublasLt64_*.dll" : "libcublasLt*.so.*");

    public static CudaLibrary? ByLogicalName(string name) => name switch
    {
        DriverName => Driver,
        NvrtcName => Nvrtc,
        BlasName => Blas,
        _ => null,
    };
}
