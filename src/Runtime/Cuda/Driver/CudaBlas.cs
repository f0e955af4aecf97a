using System;

namespace SdCompiler.Runtime.Cuda;

/// <summary>Products of row-major float matrices, put into one stream. Nothing is allocated by a product, so that it can be part of a graph.</summary>
/// <remarks>The leading dimension of a matrix is the distance between its rows, in floats. Addresses are not checked.</remarks>
public sealed unsafe class CudaBlas : IDisposable
{
    /// <summary>What cuBLAS takes itself on the largest devices; with less it may choose slower products.</summary>
    private const long DefaultWorkspaceBytes = 32L << 20;

    // cublasOperation_t, cudaDataType_t, cublasComputeType_t, cublasGemmAlgo_t, cublasMath_t
    private const int Plain = 0;
    private const int Transposed = 1;
    private const int Real32 = 0;
    private const int Compute32 = 68;
    private const int ComputeFastTf32 = 77;
    private const int DefaultAlgorithm = -1;
    private const int DefaultMath = 0;

    private readonly CudaDevice device;
    private readonly DriverHandle handle;
    private readonly DeviceBuffer workspace;
    private int computeType = Compute32;

    /// <summary>Opens cuBLAS for a stream.</summary>
    /// <param name="device">The device.</param>
    /// <param name="stream">The stream that the products go to; it stays open as long as this object is used.</param>
    /// <param name="workspaceBytes">Memory on the device for cuBLAS; its own, as it may allocate none while a graph is recorded.</param>
    /// <exception cref="CudaException">cuBLAS is missing, or the device has too little memory free.</exception>
    public CudaBlas(CudaDevice device, CudaStream stream, long workspaceBytes = DefaultWorkspaceBytes)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentOutOfRangeException.ThrowIfNegative(workspaceBytes);
        NativeLibraries.Require(CudaLibraries.Blas);
        this.device = device;
        workspace = new DeviceBuffer(device, workspaceBytes);
        try
        {
            Check.Blas(BlasApi.cublasCreate_v2(out nint created), nameof(BlasApi.cublasCreate_v2));
            handle = new DriverHandle(device, typeof(CudaBlas), created, BlasApi.cublasDestroy_v2);

            // The stream first: setting it takes the workspace away again.
            Check.Blas(BlasApi.cublasSetStream_v2(created, stream.Handle), nameof(BlasApi.cublasSetStream_v2));
            Check.Blas(BlasApi.cublasSetWorkspace_v2(created, workspace.Pointer, (nuint)workspaceBytes), nameof(BlasApi.cublasSetWorkspace_v2));
            Check.Blas(BlasApi.cublasSetMathMode(created, DefaultMath), nameof(BlasApi.cublasSetMathMode));
        }
        catch
        {
            handle?.Dispose();
            workspace.Dispose();
            throw;
        }
    }

    /// <summary>How products are computed from now on; a recorded graph keeps what it was recorded with.</summary>
    public CudaPrecision Precision
    {
        get => computeType == Compute32 ? CudaPrecision.Float32 : CudaPrecision.TensorFloat32;
        set => computeType = value switch
        {
            CudaPrecision.Float32 => Compute32,
            CudaPrecision.TensorFloat32 => ComputeFastTf32,
            _ => throw new ArgumentOutOfRangeException(nameof(value), value, "There are Float32 and TensorFloat32."),
        };
    }

    /// <summary>c = a.b + beta c.</summary>
    /// <param name="m">Rows of c and a.</param>
    /// <param name="n">Columns of c and b.</param>
    /// <param name="k">Columns of a, rows of b.</param>
    /// <param name="a">[m, k] on the device.</param>
    /// <param name="lda">Leading dimension of a, at least k.</param>
    /// <param name="b">[k, n] on the device.</param>
    /// <param name="ldb">Leading dimension of b, at least n.</param>
    /// <param name="beta">What c is multiplied by first; with 0 it is not read.</param>
    /// <param name="c">[m, n] on the device.</param>
    /// <param name="ldc">Leading dimension of c, at least n.</param>
    /// <exception cref="CudaException">cuBLAS refuses it.</exception>
    public void Multiply(int m, int n, int k, nint a, int lda, nint b, int ldb, float beta, nint c, int ldc)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(lda, k);
        ArgumentOutOfRangeException.ThrowIfLessThan(ldb, n);
        Product(Plain, Plain, m, n, k, a, lda, b, ldb, beta, c, ldc);
    }

    /// <summary>c = a.b' + beta c.</summary>
    /// <param name="m">Rows of c and a.</param>
    /// <param name="n">Columns of c, rows of b.</param>
    /// <param name="k">Columns of a and b.</param>
    /// <param name="a">[m, k] on the device.</param>
    /// <param name="lda">Leading dimension of a, at least k.</param>
    /// <param name="b">[n, k] on the device.</param>
    /// <param name="ldb">Leading dimension of b, at least k.</param>
    /// <param name="beta">What c is multiplied by first; with 0 it is not read.</param>
    /// <param name="c">[m, n] on the device.</param>
    /// <param name="ldc">Leading dimension of c, at least n.</param>
    /// <exception cref="CudaException">cuBLAS refuses it.</exception>
    public void MultiplyTransposedB(int m, int n, int k, nint a, int lda, nint b, int ldb, float beta, nint c, int ldc)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(lda, k);
        ArgumentOutOfRangeException.ThrowIfLessThan(ldb, k);
        Product(Plain, Transposed, m, n, k, a, lda, b, ldb, beta, c, ldc);
    }

    /// <summary>c = a'.b + beta c.</summary>
    /// <param name="m">Rows of c, columns of a.</param>
    /// <param name="n">Columns of c and b.</param>
    /// <param name="k">Rows of a and b.</param>
    /// <param name="a">[k, m] on the device.</param>
    /// <param name="lda">Leading dimension of a, at least m.</param>
    /// <param name="b">[k, n] on the device.</param>
    /// <param name="ldb">Leading dimension of b, at least n.</param>
    /// <param name="beta">What c is multiplied by first; with 0 it is not read.</param>
    /// <param name="c">[m, n] on the device.</param>
    /// <param name="ldc">Leading dimension of c, at least n.</param>
    /// <exception cref="CudaException">cuBLAS refuses it.</exception>
    public void MultiplyTransposedA(int m, int n, int k, nint a, int lda, nint b, int ldb, float beta, nint c, int ldc)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(lda, m);
        ArgumentOutOfRangeException.ThrowIfLessThan(ldb, n);
        Product(Transposed, Plain, m, n, k, a, lda, b, ldb, beta, c, ldc);
    }

    /// <summary>Gives cuBLAS and its workspace back.</summary>
    public void Dispose()
    {
        handle.Dispose();
        workspace.Dispose();
    }

    private void Product(int formA, int formB, int m, int n, int k, nint a, int lda, nint b, int ldb, float beta, nint c, int ldc)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(m);
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        ArgumentOutOfRangeException.ThrowIfNegative(k);
        ArgumentOutOfRangeException.ThrowIfLessThan(ldc, n);
        if (m == 0 || n == 0)
        {
            return;
        }

        device.MakeCurrent();
        float one = 1;

        // cuBLAS counts by columns. A row-major matrix read by columns is its transpose, and c' = b'.a': the factors change places, their forms go along.
        int status = BlasApi.cublasGemmEx(
            handle.Value, formB, formA, n, m, k, &one, b, Real32, int.Max(ldb, 1), a, Real32, int.Max(lda, 1), &beta, c, Real32, ldc, computeType, DefaultAlgorithm);
        Check.Blas(status, nameof(BlasApi.cublasGemmEx));
        GC.KeepAlive(this);
    }
}
