using System.Runtime.InteropServices;

namespace SdCompiler.Runtime.Cuda;

/// <summary>Imports of the CUDA driver, under its own names. Every function returns a status; 0 is success.</summary>
/// <remarks>Called only after <see cref="NativeLibraries.Require"/>, as the imports of the other two libraries are.</remarks>
internal static unsafe partial class DriverApi
{
    private const string Library = CudaLibraries.DriverName;

    [LibraryImport(Library)]
    public static partial int cuInit(uint flags);

    [LibraryImport(Library)]
    public static partial int cuDriverGetVersion(out int version);

    [LibraryImport(Library)]
    public static partial int cuGetErrorName(int status, out byte* name);

    [LibraryImport(Library)]
    public static partial int cuGetErrorString(int status, out byte* text);

    [LibraryImport(Library)]
    public static partial int cuDeviceGetCount(out int count);

    [LibraryImport(Library)]
    public static partial int cuDeviceGet(out int device, int ordinal);

    [LibraryImport(Library)]
    public static partial int cuDeviceGetName(byte* name, int length, int device);

    [LibraryImport(Library)]
    public static partial int cuDeviceGetAttribute(out int value, int attribute, int device);

    [LibraryImport(Library)]
    public static partial int cuDeviceTotalMem_v2(out nuint bytes, int device);

    [LibraryImport(Library)]
    public static partial int cuDevicePrimaryCtxRetain(out nint context, int device);

    [LibraryImport(Library)]
    public static partial int cuCtxSetCurrent(nint context);
}
