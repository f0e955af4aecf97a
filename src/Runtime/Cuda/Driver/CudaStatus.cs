namespace SdCompiler.Runtime.Cuda;

/// <summary>The statuses that the backend treats differently from others, and what a user can do about one.</summary>
internal static class CudaStatus
{
    public const int Success = 0;
    public const int OutOfMemory = 2;
    public const int InsufficientDriver = 35;
    public const int NoDevice = 100;
    public const int InvalidDevice = 101;
    public const int NotFound = 500;

    /// <summary>The driver does not define it: a library is not there.</summary>
    public const int MissingLibrary = -1;

    /// <summary>NVRTC's numbers are its own.</summary>
    public const int NvrtcInvalidOption = 5;

    /// <summary>NVRTC's numbers are its own.</summary>
    public const int NvrtcCompilation = 6;

    /// <summary>What to do about a status of the driver.</summary>
    public static string Advice(int status) => status switch
    {
        OutOfMemory => "Use a smaller batch, window or model, or end other programs that use the device (nvidia-smi lists them).",
        InsufficientDriver or 803 or 804 => "Update the NVIDIA driver, and restart the machine if it was updated just now.",
        46 => "Another program may hold the device for itself; wait for it, or choose another device with CUDA_VISIBLE_DEVICES.",
        NoDevice => "Check that nvidia-smi lists a device, and that CUDA_VISIBLE_DEVICES does not hide it.",
        InvalidDevice => "nvidia-smi lists the devices that exist; CUDA_VISIBLE_DEVICES may hide some of them.",
        201 => "The device was reset, or another library ended its context; restart the program.",
        200 or 209 or 218 or 222 => "The driver does not run what NVRTC made: update the NVIDIA driver, or use an NVRTC of the driver's CUDA version or an older one.",
        214 or 220 => "The device reports a hardware error; nvidia-smi -q shows more.",
        700 or 714 or 715 or 716 or 717 or 718 or 719 =>
            "A kernel failed, and the device cannot be used by this process any more: restart it. compute-sanitizer names the kernel and the address.",
        701 => "The launch asks for more threads, registers or shared memory than the device has; use a smaller model or report the device's name.",
        702 => "The system ended a kernel that ran too long; use a device that drives no display.",
        (>= 900 and <= 908) => "Between the start and the end of a graph's capture only asynchronous work on the captured streams is allowed.",
        _ => "The names and numbers are those of the CUDA driver API's documentation.",
    };

    /// <summary>The name of a status of cuBLAS.</summary>
    public static string BlasName(int status) => status switch
    {
        1 => "CUBLAS_STATUS_NOT_INITIALIZED",
        3 => "CUBLAS_STATUS_ALLOC_FAILED",
        7 => "CUBLAS_STATUS_INVALID_VALUE",
        8 => "CUBLAS_STATUS_ARCH_MISMATCH",
        11 => "CUBLAS_STATUS_MAPPING_ERROR",
        13 => "CUBLAS_STATUS_EXECUTION_FAILED",
        14 => "CUBLAS_STATUS_INTERNAL_ERROR",
        15 => "CUBLAS_STATUS_NOT_SUPPORTED",
        16 => "CUBLAS_STATUS_LICENSE_ERROR",
        _ => "an unknown status",
    };

    /// <summary>What to do about a status of cuBLAS.</summary>
    public static string BlasAdvice(int status) => status switch
    {
        1 or 3 => "The device may have too little free memory for it: use a smaller batch, window or model.",
        8 => "This cuBLAS does not know the device; use one of a newer CUDA version.",
        13 => "A kernel before it may have failed; compute-sanitizer names it.",
        _ => "The names and numbers are those of cuBLAS's documentation.",
    };
}
