using System.Runtime.InteropServices;

namespace SdCompiler.Runtime.Cuda;

/// <summary>Imports of NVRTC, under its own names. Every function but the last returns a status; 0 is success.</summary>
internal static unsafe partial class NvrtcApi
{
    private const string Library = CudaLibraries.NvrtcName;

    [LibraryImport(Library)]
    public static partial int nvrtcVersion(out int major, out int minor);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int nvrtcCreateProgram(out nint program, string source, string name, int headers, byte** headerTexts, byte** headerNames);

    [LibraryImport(Library)]
    public static partial int nvrtcDestroyProgram(ref nint program);

    [LibraryImport(Library)]
    public static partial int nvrtcCompileProgram(nint program, int count, byte** options);

    [LibraryImport(Library)]
    public static partial int nvrtcGetProgramLogSize(nint program, out nuint bytes);

    [LibraryImport(Library)]
    public static partial int nvrtcGetProgramLog(nint program, byte* log);

    [LibraryImport(Library)]
    public static partial int nvrtcGetCUBINSize(nint program, out nuint bytes);

    [LibraryImport(Library)]
    public static partial int nvrtcGetCUBIN(nint program, byte* image);

    [LibraryImport(Library)]
    public static partial byte* nvrtcGetErrorString(int status);
}
