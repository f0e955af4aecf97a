using System.Runtime.InteropServices;

namespace SdCompiler.Runtime.Cuda;

internal static unsafe partial class DriverApi
{
    [LibraryImport(Library)]
    public static partial int cuMemAlloc_v2(out nint pointer, nuint bytes);

    [LibraryImport(Library)]
    public static partial int cuMemFree_v2(nint pointer);

    [LibraryImport(Library)]
    public static partial int cuMemGetInfo_v2(out nuint free, out nuint total);

    [LibraryImport(Library)]
    public static partial int cuMemAllocHost_v2(out nint pointer, nuint bytes);

    [LibraryImport(Library)]
    public static partial int cuMemFreeHost(nint pointer);

    [LibraryImport(Library)]
    public static partial int cuMemcpyHtoD_v2(nint device, void* host, nuint bytes);

    [LibraryImport(Library)]
    public static partial int cuMemcpyDtoH_v2(void* host, nint device, nuint bytes);

    [LibraryImport(Library)]
    public static partial int cuMemcpyHtoDAsync_v2(nint device, void* host, nuint bytes, nint stream);

    [LibraryImport(Library)]
    public static partial int cuMemcpyDtoHAsync_v2(void* host, nint device, nuint bytes, nint stream);

    [LibraryImport(Library)]
    public static partial int cuMemcpyDtoDAsync_v2(nint destination, nint source, nuint bytes, nint stream);

    [LibraryImport(Library)]
    public static partial int cuMemsetD8Async(nint pointer, byte value, nuint count, nint stream);
}
