using System;
using System.Linq;
using SdCompiler.Cuda.Tests.Harness;
using SdCompiler.Runtime.Cuda;
using Xunit;

namespace SdCompiler.Cuda.Tests;

public sealed class CudaBlasTests
{
    // Sums of at most 40 products of numbers below 1, in another order than here.
    private const double Tolerance = 1e-5;

    private enum Form
    {
        Plain,
        TransposedB,
        TransposedA,
    }

    [RequiresStandInFact]
    public void TheThreeFormsAgreeWithPlainLoops()
    {
        foreach (Form form in Enum.GetValues<Form>())
        {
            foreach ((int m, int n, int k) in new[] { (1, 1, 1), (3, 5, 7), (20, 33, 40), (4, 1, 9), (1, 6, 2) })
            {
                foreach (float beta in new[] { 0f, 1f, 0.5f })
                {
                    foreach (int more in new[] { 0, 3 })
                    {
                        Compare(form, m, n, k, beta, more);
                    }
                }
            }
        }
    }

    [RequiresStandInFact]
    public void ASumOfNothingIsZero()
    {
        CudaDevice device = TestDevice.Open();
        using var stream = new CudaStream(device);
        using var blas = new CudaBlas(device, stream);
        using var c = new DeviceBuffer(device, 4 * sizeof(float));
        c.Upload<float>([1, 2, 3, 4]);
        blas.Multiply(2, 2, 0, c.Pointer, 0, c.Pointer, 2, 0, c.Pointer, 2);
        blas.Multiply(0, 2, 2, c.Pointer, 2, c.Pointer, 2, 0, c.Pointer, 2);
        blas.MultiplyTransposedA(2, 0, 2, c.Pointer, 2, c.Pointer, 0, 0, c.Pointer, 0);
        stream.Synchronize();
        float[] read = new float[4];
        c.Download<float>(read);
        Assert.Equal(new float[4], read);
    }

    [RequiresStandInFact]
    public void ThePrecisionIsKept()
    {
        CudaDevice device = TestDevice.Open();
        using var stream = new CudaStream(device);
        using var blas = new CudaBlas(device, stream, workspaceBytes: 0);
        Assert.Equal(CudaPrecision.Float32, blas.Precision);
        blas.Precision = CudaPrecision.TensorFloat32;
        Assert.Equal(CudaPrecision.TensorFloat32, blas.Precision);
        Assert.Throws<ArgumentOutOfRangeException>(() => blas.Precision = (CudaPrecision)7);
    }

    [RequiresStandInFact]
    public void RowsThatOverlapAreRefused()
    {
        CudaDevice device = TestDevice.Open();
        using var stream = new CudaStream(device);
        using var blas = new CudaBlas(device, stream, workspaceBytes: 1024);
        Refused("lda", () => blas.Multiply(2, 3, 4, 0, 3, 0, 3, 0, 0, 3));
        Refused("ldb", () => blas.Multiply(2, 3, 4, 0, 4, 0, 2, 0, 0, 3));
        Refused("ldc", () => blas.Multiply(2, 3, 4, 0, 4, 0, 3, 0, 0, 2));
        Refused("ldb", () => blas.MultiplyTransposedB(2, 3, 4, 0, 4, 0, 3, 0, 0, 3));
        Refused("lda", () => blas.MultiplyTransposedA(2, 3, 4, 0, 1, 0, 3, 0, 0, 3));
        Refused("m", () => blas.Multiply(-1, 3, 4, 0, 4, 0, 3, 0, 0, 3));

        static void Refused(string name, Action action) => Assert.Equal(name, Assert.Throws<ArgumentOutOfRangeException>(action).ParamName);
    }

    [RequiresStandInFact]
    public void AFailureNamesTheCallAndTheStatus()
    {
        CudaDevice device = TestDevice.Open();
        using var stream = new CudaStream(device);
        long before = StandInControl.LiveDeviceBytes();
        StandInControl.FailNext("cublasSetStream_v2", 14);
        CudaException e = Assert.Throws<CudaException>(() => new CudaBlas(device, stream));
        Assert.Equal(14, e.Status);
        Assert.StartsWith("cublasSetStream_v2 failed: CUBLAS_STATUS_INTERNAL_ERROR (14).", e.Message, StringComparison.Ordinal);
        Assert.InRange(StandInControl.LiveDeviceBytes(), 0, before);

        var blas = new CudaBlas(device, stream);
        blas.Dispose();
        blas.Dispose();
        Assert.Throws<ObjectDisposedException>(() => blas.Multiply(1, 1, 1, 0, 1, 0, 1, 0, 0, 1));
    }

    [RequiresStandInFact]
    public void AProductIsPartOfAGraphAndAllocatesNothing()
    {
        CudaDevice device = TestDevice.Open();
        using var stream = new CudaStream(device);
        using var blas = new CudaBlas(device, stream);
        using var a = new DeviceBuffer(device, sizeof(float));
        using var c = new DeviceBuffer(device, sizeof(float));
        a.Upload([3f]);
        c.Upload([0f]);
        using CudaGraph graph = CudaGraph.Capture(stream, () => blas.Multiply(1, 1, 1, a.Pointer, 1, a.Pointer, 1, 1, c.Pointer, 1));
        graph.Launch(stream);
        a.Upload([4f]);
        graph.Launch(stream);
        stream.Synchronize();
        float[] read = new float[1];
        c.Download<float>(read);
        Assert.Equal(25, read[0]);

        Work(10);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Work(100);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        void Work(int times)
        {
            for (int i = 0; i < times; i++)
            {
                blas.Multiply(1, 1, 1, a.Pointer, 1, a.Pointer, 1, 0, c.Pointer, 1);
            }
        }
    }

    private static void Compare(Form form, int m, int n, int k, float beta, int more)
    {
        (int rowsA, int columnsA) = form == Form.TransposedA ? (k, m) : (m, k);
        (int rowsB, int columnsB) = form == Form.TransposedB ? (n, k) : (k, n);
        (int lda, int ldb, int ldc) = (columnsA + more, columnsB + (2 * more), n + more);
        var random = new Random(m + (100 * n) + (10_000 * k));
        float[] a = Numbers(random, rowsA * lda), b = Numbers(random, rowsB * ldb), c = Numbers(random, m * ldc);
        if (beta == 0)
        {
            // With 0 the old content does not count, whatever it is.
            for (int i = 0; i < c.Length; i++)
            {
                c[i] = i % ldc < n ? float.NaN : c[i];
            }
        }

        float[] result = Run(form, m, n, k, a, lda, b, ldb, beta, c, ldc);
        for (int i = 0; i < c.Length; i++)
        {
            (int row, int column) = (i / ldc, i % ldc);
            if (column >= n)
            {
                Assert.Equal(c[i], result[i]);
                continue;
            }

            double sum = beta == 0 ? 0 : beta * (double)c[i];
            for (int j = 0; j < k; j++)
            {
                double left = form == Form.TransposedA ? a[(j * lda) + row] : a[(row * lda) + j];
                double right = form == Form.TransposedB ? b[(column * ldb) + j] : b[(j * ldb) + column];
                sum += left * right;
            }

            Assert.Equal(sum, result[i], Tolerance);
        }
    }

    private static float[] Run(Form form, int m, int n, int k, float[] a, int lda, float[] b, int ldb, float beta, float[] c, int ldc)
    {
        CudaDevice device = TestDevice.Open();
        using var stream = new CudaStream(device);
        using var blas = new CudaBlas(device, stream, workspaceBytes: 4096);
        using var left = new DeviceBuffer(device, a.Length * sizeof(float));
        using var right = new DeviceBuffer(device, b.Length * sizeof(float));
        using var sum = new DeviceBuffer(device, c.Length * sizeof(float));
        left.Upload<float>(a);
        right.Upload<float>(b);
        sum.Upload<float>(c);
        switch (form)
        {
            case Form.TransposedB:
                blas.MultiplyTransposedB(m, n, k, left.Pointer, lda, right.Pointer, ldb, beta, sum.Pointer, ldc);
                break;
            case Form.TransposedA:
                blas.MultiplyTransposedA(m, n, k, left.Pointer, lda, right.Pointer, ldb, beta, sum.Pointer, ldc);
                break;
            default:
                blas.Multiply(m, n, k, left.Pointer, lda, right.Pointer, ldb, beta, sum.Pointer, ldc);
                break;
        }

        stream.Synchronize();
        float[] result = new float[c.Length];
        sum.Download<float>(result);
        return result;
    }

    private static float[] Numbers(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => (float)((2 * random.NextDouble()) - 1))];
}
