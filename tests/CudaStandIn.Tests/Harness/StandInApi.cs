using System;
using System.Runtime.InteropServices;

namespace SdCompiler.Cuda.Tests.Harness;

/// <summary>The exports of the stand-in, with the signatures of the libraries whose names they carry.</summary>
/// <remarks>Apart from the runtime's own declarations, so that the stand-in is not tested through the code that it is to test.</remarks>
internal static unsafe class StandInApi
{
    private static readonly nint Library = NativeLibrary.Load(StandInLibrary.Path);

    public static readonly delegate* unmanaged<uint, int> Init = (delegate* unmanaged<uint, int>)Find("cuInit");
    public static readonly delegate* unmanaged<nint*, int, int> ContextRetain = (delegate* unmanaged<nint*, int, int>)Find("cuDevicePrimaryCtxRetain");
    public static readonly delegate* unmanaged<int, int> ContextRelease = (delegate* unmanaged<int, int>)Find("cuDevicePrimaryCtxRelease_v2");
    public static readonly delegate* unmanaged<int, int> ContextReset = (delegate* unmanaged<int, int>)Find("cuDevicePrimaryCtxReset_v2");
    public static readonly delegate* unmanaged<nint, int> SetCurrent = (delegate* unmanaged<nint, int>)Find("cuCtxSetCurrent");
    public static readonly delegate* unmanaged<int*, int, int, int> DeviceAttribute = (delegate* unmanaged<int*, int, int, int>)Find("cuDeviceGetAttribute");
    public static readonly delegate* unmanaged<int, byte**, int> ErrorName = (delegate* unmanaged<int, byte**, int>)Find("cuGetErrorName");

    public static readonly delegate* unmanaged<nint*, nuint, int> Allocate = (delegate* unmanaged<nint*, nuint, int>)Find("cuMemAlloc_v2");
    public static readonly delegate* unmanaged<nint, int> Free = (delegate* unmanaged<nint, int>)Find("cuMemFree_v2");
    public static readonly delegate* unmanaged<nint*, nuint, int> AllocateHost = (delegate* unmanaged<nint*, nuint, int>)Find("cuMemAllocHost_v2");
    public static readonly delegate* unmanaged<nint, int> FreeHost = (delegate* unmanaged<nint, int>)Find("cuMemFreeHost");
    public static readonly delegate* unmanaged<nint, void*, nuint, int> ToDevice = (delegate* unmanaged<nint, void*, nuint, int>)Find("cuMemcpyHtoD_v2");
    public static readonly delegate* unmanaged<void*, nint, nuint, int> ToHost = (delegate* unmanaged<void*, nint, nuint, int>)Find("cuMemcpyDtoH_v2");
    public static readonly delegate* unmanaged<nint, void*, nuint, nint, int> ToDeviceAsync = (delegate* unmanaged<nint, void*, nuint, nint, int>)Find("cuMemcpyHtoDAsync_v2");
    public static readonly delegate* unmanaged<void*, nint, nuint, nint, int> ToHostAsync = (delegate* unmanaged<void*, nint, nuint, nint, int>)Find("cuMemcpyDtoHAsync_v2");
    public static readonly delegate* unmanaged<nint, uint, nuint, nint, int> Fill32 = (delegate* unmanaged<nint, uint, nuint, nint, int>)Find("cuMemsetD32Async");

    public static readonly delegate* unmanaged<nint*, uint, int> StreamCreate = (delegate* unmanaged<nint*, uint, int>)Find("cuStreamCreate");
    public static readonly delegate* unmanaged<nint, int> StreamDestroy = (delegate* unmanaged<nint, int>)Find("cuStreamDestroy_v2");
    public static readonly delegate* unmanaged<nint, int> Synchronize = (delegate* unmanaged<nint, int>)Find("cuStreamSynchronize");
    public static readonly delegate* unmanaged<nint, nint, uint, int> WaitEvent = (delegate* unmanaged<nint, nint, uint, int>)Find("cuStreamWaitEvent");
    public static readonly delegate* unmanaged<nint*, uint, int> EventCreate = (delegate* unmanaged<nint*, uint, int>)Find("cuEventCreate");
    public static readonly delegate* unmanaged<nint, nint, int> EventRecord = (delegate* unmanaged<nint, nint, int>)Find("cuEventRecord");
    public static readonly delegate* unmanaged<float*, nint, nint, int> EventElapsed = (delegate* unmanaged<float*, nint, nint, int>)Find("cuEventElapsedTime");
    public static readonly delegate* unmanaged<nint, int> EventDestroy = (delegate* unmanaged<nint, int>)Find("cuEventDestroy_v2");

    public static readonly delegate* unmanaged<nint*, void*, int> ModuleLoad = (delegate* unmanaged<nint*, void*, int>)Find("cuModuleLoadData");
    public static readonly delegate* unmanaged<nint, int> ModuleUnload = (delegate* unmanaged<nint, int>)Find("cuModuleUnload");
    public static readonly delegate* unmanaged<nint*, nint, byte*, int> ModuleFunction = (delegate* unmanaged<nint*, nint, byte*, int>)Find("cuModuleGetFunction");
    public static readonly delegate* unmanaged<int*, int, nint, int> FunctionAttribute = (delegate* unmanaged<int*, int, nint, int>)Find("cuFuncGetAttribute");
    public static readonly delegate* unmanaged<nint, uint, uint, uint, uint, uint, uint, uint, nint, void**, void**, int> Launch =
        (delegate* unmanaged<nint, uint, uint, uint, uint, uint, uint, uint, nint, void**, void**, int>)Find("cuLaunchKernel");

    public static readonly delegate* unmanaged<nint, int, int> BeginCapture = (delegate* unmanaged<nint, int, int>)Find("cuStreamBeginCapture_v2");
    public static readonly delegate* unmanaged<nint, nint*, int> EndCapture = (delegate* unmanaged<nint, nint*, int>)Find("cuStreamEndCapture");
    public static readonly delegate* unmanaged<nint*, nint, ulong, int> Instantiate = (delegate* unmanaged<nint*, nint, ulong, int>)Find("cuGraphInstantiateWithFlags");
    public static readonly delegate* unmanaged<nint, nint, int> GraphLaunch = (delegate* unmanaged<nint, nint, int>)Find("cuGraphLaunch");
    public static readonly delegate* unmanaged<nint, int> GraphDestroy = (delegate* unmanaged<nint, int>)Find("cuGraphDestroy");
    public static readonly delegate* unmanaged<nint, int> ExecutableDestroy = (delegate* unmanaged<nint, int>)Find("cuGraphExecDestroy");

    public static readonly delegate* unmanaged<nint*, byte*, byte*, int, byte**, byte**, int> CreateProgram =
        (delegate* unmanaged<nint*, byte*, byte*, int, byte**, byte**, int>)Find("nvrtcCreateProgram");
    public static readonly delegate* unmanaged<nint, int, byte**, int> CompileProgram = (delegate* unmanaged<nint, int, byte**, int>)Find("nvrtcCompileProgram");
    public static readonly delegate* unmanaged<nint*, int> DestroyProgram = (delegate* unmanaged<nint*, int>)Find("nvrtcDestroyProgram");
    public static readonly delegate* unmanaged<nint, nuint*, int> LogSize = (delegate* unmanaged<nint, nuint*, int>)Find("nvrtcGetProgramLogSize");
    public static readonly delegate* unmanaged<nint, byte*, int> Log = (delegate* unmanaged<nint, byte*, int>)Find("nvrtcGetProgramLog");
    public static readonly delegate* unmanaged<nint, nuint*, int> ImageSize = (delegate* unmanaged<nint, nuint*, int>)Find("nvrtcGetCUBINSize");
    public static readonly delegate* unmanaged<nint, byte*, int> Image = (delegate* unmanaged<nint, byte*, int>)Find("nvrtcGetCUBIN");

    public static readonly delegate* unmanaged<nint*, int> BlasCreate = (delegate* unmanaged<nint*, int>)Find("cublasCreate_v2");
    public static readonly delegate* unmanaged<nint, int> BlasDestroy = (delegate* unmanaged<nint, int>)Find("cublasDestroy_v2");
    public static readonly delegate* unmanaged<nint, nint, int> BlasStream = (delegate* unmanaged<nint, nint, int>)Find("cublasSetStream_v2");
    public static readonly delegate* unmanaged<nint, int, int, int, int, int, void*, nint, int, int, nint, int, int, void*, nint, int, int, int, int, int> Gemm =
        (delegate* unmanaged<nint, int, int, int, int, int, void*, nint, int, int, nint, int, int, void*, nint, int, int, int, int, int>)Find("cublasGemmEx");

    public static readonly delegate* unmanaged<long*, void> Counters = (delegate* unmanaged<long*, void>)Find("sdstandin_counters");
    public static readonly delegate* unmanaged<void> ResetCounters = (delegate* unmanaged<void>)Find("sdstandin_reset_counters");
    public static readonly delegate* unmanaged<byte*, int, void> FailNext = (delegate* unmanaged<byte*, int, void>)Find("sdstandin_fail_next");
    public static readonly delegate* unmanaged<byte*, int, int, void> FailAfter = (delegate* unmanaged<byte*, int, int, void>)Find("sdstandin_fail_after");
    public static readonly delegate* unmanaged<int, void> SetReverse = (delegate* unmanaged<int, void>)Find("sdstandin_set_reverse");
    public static readonly delegate* unmanaged<int, void> SetDeferred = (delegate* unmanaged<int, void>)Find("sdstandin_set_deferred");
    private static readonly delegate* unmanaged<byte*, nuint, void> LastMessage = (delegate* unmanaged<byte*, nuint, void>)Find("sdstandin_last_message");

    /// <summary>What the stand-in refused last, in words.</summary>
    public static string Message()
    {
        byte* text = stackalloc byte[4096];
        LastMessage(text, 4096);
        return Marshal.PtrToStringUTF8((nint)text)!;
    }

    private static nint Find(string name) => NativeLibrary.GetExport(Library, name);
}
