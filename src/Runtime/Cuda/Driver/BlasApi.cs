using System.Runtime.InteropServices;

namespace SdCompiler.Runtime.Cuda;

/// <summary>Imports of cuBLAS, under its own names. Every function returns a status; 0 is success.</summary>
internal static unsafe partial class BlasApi
{
    private const string Library = CudaLibraries.BlasName;

    [LibraryImport(Library)]
    public static partial int cublasCreate_v2(out nint handle);

    [LibraryImport(Library)]
    public static partial int cublasDestroy_v2(nint handle);

    [LibraryImport(Library)]
    public static partial int cublasSetStream_v2(nint handle, nint stream);

    [LibraryImport(Library)]
    public static partial int cublasSetWorkspace_v2(nint handle, nint workspace, nuint bytes);

    [LibraryImport(Library)]
    public static partial int cublasSetMathMode(nint handle, int mode);

    /// <summary>c = alpha op(a) op(b) + beta c, all by columns.</summary>
    [LibraryImport(Library)]
    public static partial int cublasGemmEx(
        nint handle,
        int transposeA,
        int transposeB,
        int m,
        int n,
        int k,
        void* alpha,
        nint a,
        int typeA,
        int lda,
        nint b,
        int typeB,
        int ldb,
        void* beta,
        nint c,
        int typeC,
        int ldc,
        int computeType,
        int algorithm);
}
