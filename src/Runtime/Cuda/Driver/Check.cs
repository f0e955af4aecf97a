using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace SdCompiler.Runtime.Cuda;

/// <summary>Turns a status into an exception. The good case is one comparison.</summary>
internal static unsafe class Check
{
    /// <summary>Checks what a function of the driver returned.</summary>
    /// <param name="status">The status.</param>
    /// <param name="api">The function's name.</param>
    public static void Driver(int status, string api)
    {
        if (status != CudaStatus.Success)
        {
            FailDriver(status, api);
        }
    }

    /// <summary>Checks what a function of NVRTC returned.</summary>
    public static void Nvrtc(int status, string api)
    {
        if (status != CudaStatus.Success)
        {
            throw new CudaException($"{api} failed: {NvrtcText(status)} ({status}). NVRTC's documentation explains its names and numbers.", status);
        }
    }

    /// <summary>Checks what a function of cuBLAS returned.</summary>
    public static void Blas(int status, string api)
    {
        if (status != CudaStatus.Success)
        {
            throw new CudaException($"{api} failed: {CudaStatus.BlasName(status)} ({status}). {CudaStatus.BlasAdvice(status)}", status);
        }
    }

    /// <summary>"CUDA_ERROR_OUT_OF_MEMORY (2, out of memory)".</summary>
    public static string DriverText(int status)
    {
        string name = DriverApi.cuGetErrorName(status, out byte* nameText) == CudaStatus.Success ? Text(nameText) : "an unknown status";
        string text = DriverApi.cuGetErrorString(status, out byte* explanation) == CudaStatus.Success ? $", {Text(explanation)}" : "";
        return $"{name} ({status}{text})";
    }

    /// <summary>NVRTC's name of a status.</summary>
    public static string NvrtcText(int status) => Text(NvrtcApi.nvrtcGetErrorString(status));

    [DoesNotReturn]
    private static void FailDriver(int status, string api) =>
        throw new CudaException($"{api} failed: {DriverText(status)}. {CudaStatus.Advice(status)}", status);

    private static string Text(byte* text) => Marshal.PtrToStringUTF8((nint)text) ?? "";
}
