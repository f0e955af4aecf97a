using System;
using System.Linq;
using SdCompiler.Cuda.Tests.Harness;
using Xunit;
using Api = SdCompiler.Cuda.Tests.Harness.StandInApi;
using Device = SdCompiler.Cuda.Tests.Harness.StandInDevice;

namespace SdCompiler.Cuda.Tests.StandIn;

/// <summary>cublasGemmEx of the stand-in against the definition of the product.</summary>
public sealed unsafe class GemmTests : IDisposable
{
    private const int M = 5, N = 4, K = 7;

    private readonly Device? _device = StandInLibrary.Missing is null ? new Device() : null;
    private readonly nint _blas;

    public GemmTests()
    {
        if (_device is not null)
        {
            nint blas;
            Device.Ok(Api.BlasCreate(&blas));
            Device.Ok(Api.BlasStream(blas, _device.Stream));
            _blas = blas;
        }
    }

    private Device Gpu => _device!;

    public void Dispose()
    {
        if (_device is not null)
        {
            Device.Ok(Api.BlasDestroy(_blas));
            _device.Dispose();
        }
    }

    [RequiresStandInTheory]
    [InlineData(0, 0, 1f, 0f)]
    [InlineData(0, 1, 1f, 1f)]
    [InlineData(1, 0, -0.5f, 0f)]
    [InlineData(1, 1, 2f, 0.25f)]
    [InlineData(0, 0, 0f, 3f)]
    public void Products_obey_their_definition(int ta, int tb, float alpha, float beta)
    {
        // Leading dimensions above the rows; the elements between are not to be touched.
        int lda = (ta == 0 ? M : K) + 2, ldb = (tb == 0 ? K : N) + 1, ldc = M + 3;
        float[] a = Values(lda * (ta == 0 ? K : M), 1), b = Values(ldb * (tb == 0 ? N : K), 2), c = Values(ldc * N, 3);
        float[] expected = [.. c];
        for (int i = 0; i < M; i++)
        {
            for (int j = 0; j < N; j++)
            {
                double sum = 0;
                for (int p = 0; p < K; p++)
                {
                    sum += (double)(ta == 0 ? a[i + p * lda] : a[p + i * lda]) * (tb == 0 ? b[p + j * ldb] : b[j + p * ldb]);
                }

                expected[i + j * ldc] = (float)(alpha * sum + beta * (double)c[i + j * ldc]);
            }
        }

        nint da = Device.Allocate<float>(a), db = Device.Allocate<float>(b), dc = Device.Allocate<float>(c);
        Device.Ok(Multiply(ta, tb, alpha, da, lda, db, ldb, beta, dc, ldc));

        float[] actual = Device.Read<float>(dc, c.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
        Assert.All(Enumerable.Range(0, c.Length).Where(i => i % ldc >= M), i => Assert.Equal(c[i], actual[i]));
    }

    [RequiresStandInFact]
    public void With_beta_0_the_result_is_not_read()
    {
        nint a = Device.Allocate<float>(Values(M * K, 1)), b = Device.Allocate<float>(Values(K * N, 2)), c = Device.Allocate(M * N * sizeof(float));

        Device.Ok(Multiply(0, 0, 1f, a, M, b, K, 0f, c, M));

        Assert.All(Device.Read<float>(c, M * N), v => Assert.True(float.IsFinite(v)));
    }

    [RequiresStandInFact]
    public void A_capture_records_the_product_with_its_factors()
    {
        nint a = Device.Allocate<float>(Values(M * K, 1)), b = Device.Allocate<float>(Values(K * N, 2));
        nint once = Device.Allocate(M * N * sizeof(float)), c = Device.Allocate<float>(new float[M * N]), graph, executable;
        Device.Ok(Multiply(0, 0, 1f, a, M, b, K, 0f, once, M));

        Device.Ok(Api.BeginCapture(Gpu.Stream, 1));
        Device.Ok(Multiply(0, 0, 1f, a, M, b, K, 1f, c, M));
        Device.Ok(Api.EndCapture(Gpu.Stream, &graph));
        Device.Ok(Api.Instantiate(&executable, graph, 0));
        Device.Ok(Api.GraphLaunch(executable, Gpu.Stream));
        Device.Ok(Api.GraphLaunch(executable, Gpu.Stream));

        Assert.Equal(Device.Read<float>(once, M * N).Select(v => 2 * v), Device.Read<float>(c, M * N));
    }

    [RequiresStandInFact]
    public void A_matrix_that_is_too_short_is_an_error()
    {
        nint a = Device.Allocate<float>(Values(M * K - 1, 1)), b = Device.Allocate<float>(Values(K * N, 2)), c = Device.Allocate(M * N * sizeof(float) - 16);

        Assert.Equal(7, Multiply(0, 0, 1f, a, M - 1, b, K, 0f, c, M));
        Device.Ok(Api.Synchronize(Gpu.Stream));
        Assert.Equal(13, Multiply(0, 0, 1f, a, M, b, K, 0f, c, M));
        Assert.Equal(700, Api.Synchronize(Gpu.Stream));
    }

    private int Multiply(int ta, int tb, float alpha, nint a, int lda, nint b, int ldb, float beta, nint c, int ldc)
    {
        return Api.Gemm(_blas, ta, tb, M, N, K, &alpha, a, 0, lda, b, 0, ldb, &beta, c, 0, ldc, 68, -1);
    }

    private static float[] Values(int count, int seed)
    {
        return [.. Enumerable.Range(0, count).Select(i => ((i * 37 + seed * 11) % 29 - 14) / 8f)];
    }
}
