// The one product that is needed, in float and in one fixed order, so that results repeat.
#include "api.h"
#include "memory.h"
#include "streams.h"
#include <algorithm>
#include <memory>
#include <vector>

namespace
{
enum Status : int
{
    Fine = 0,
    NotMade = 1,
    BadValue = 7,
    ExecutionFailed = 13,
    Unsupported = 15,
};

const int Float32 = 0; // CUDA_R_32F

struct Handle
{
    void* stream = nullptr;
};

std::map<void*, std::unique_ptr<Handle>> handles;

Handle* find(void* handle)
{
    auto found = handles.find(handle);
    return found == handles.end() ? nullptr : found->second.get();
}

// c = alpha * op(a) * op(b) + beta * c, all by columns.
struct Product
{
    bool ta, tb;
    int m, n, k;
    float alpha, beta;
    const float *a, *b;
    float* c;
    size_t lda, ldb, ldc;

    // `packed` has room for op(a), `sums` for one column.
    void run(float* packed, float* sums) const
    {
        bool reads = alpha != 0; // as in BLAS: with 0 the factors are not read, so a NaN there stays there
        for (int p = 0; p < k && reads; p++)
        {
            for (int i = 0; i < m; i++)
            {
                packed[(size_t)p * m + i] = ta ? a[p + i * lda] : a[i + p * lda];
            }
        }

        for (int j = 0; j < n; j++)
        {
            std::fill(sums, sums + m, 0.0f);
            for (int p = 0; p < k && reads; p++)
            {
                float factor = tb ? b[j + p * ldb] : b[p + j * ldb];
                const float* column = packed + (size_t)p * m;
                for (int i = 0; i < m; i++)
                {
                    sums[i] += column[i] * factor;
                }
            }

            float* out = c + j * ldc;
            for (int i = 0; i < m; i++)
            {
                out[i] = beta == 0 ? alpha * sums[i] : alpha * sums[i] + beta * out[i];
            }
        }
    }
};
}

SD_API cublasCreate_v2(void** result)
{
    SD_ENTER(NeedsNothing);
    if (!state.initialized || current_context() == nullptr || state.sticky != Success)
    {
        return refuse(NotMade, "cublasCreate_v2 without a current context that works");
    }

    auto handle = std::make_unique<Handle>();
    *result = handle.get();
    handles[handle.get()] = std::move(handle);
    return Fine;
}

SD_API cublasDestroy_v2(void* handle)
{
    SD_ENTER(NeedsNothing);
    return handles.erase(handle) == 1 ? Fine : refuse(NotMade, "no such cuBLAS handle");
}

SD_API cublasSetStream_v2(void* handle, void* stream)
{
    SD_ENTER(NeedsNothing);
    Handle* found = find(handle);
    if (found == nullptr || find_stream(stream) == nullptr)
    {
        return refuse(found == nullptr ? NotMade : BadValue, "no such cuBLAS handle, or no such stream");
    }

    found->stream = stream;
    return Fine;
}

SD_API cublasSetWorkspace_v2(void* handle, void* workspace, size_t bytes)
{
    SD_ENTER(NeedsNothing);
    if (find(handle) == nullptr)
    {
        return refuse(NotMade, "no such cuBLAS handle");
    }

    return bytes == 0 || is_device_range(workspace, bytes) ? Fine : refuse(BadValue, "a workspace that is not on the device");
}

SD_API cublasSetMathMode(void* handle, int)
{
    SD_ENTER(NeedsNothing);
    return find(handle) == nullptr ? refuse(NotMade, "no such cuBLAS handle") : Fine;
}

SD_API cublasGemmEx(void* handle, int ta, int tb, int m, int n, int k, const void* alpha, const void* a, int at, int lda,
    const void* b, int bt, int ldb, const void* beta, void* c, int ct, int ldc, int, int)
{
    SD_ENTER(NeedsNothing);
    Handle* found = find(handle);
    if (found == nullptr)
    {
        return refuse(NotMade, "no such cuBLAS handle");
    }

    if (at != Float32 || bt != Float32 || ct != Float32 || ta < 0 || ta > 1 || tb < 0 || tb > 1)
    {
        return refuse(Unsupported, "the stand-in multiplies matrices of float, transposed or not");
    }

    Stream* stream = find_stream(found->stream);
    int rows_a = ta ? k : m, rows_b = tb ? n : k;
    if (stream == nullptr || m < 0 || n < 0 || k < 0 || lda < std::max(1, rows_a) || ldb < std::max(1, rows_b) || ldc < std::max(1, m))
    {
        return refuse(BadValue, "cublasGemmEx without a stream, or with a size below 0, or a leading dimension below the rows");
    }

    if (state.sticky != Success)
    {
        return ExecutionFailed;
    }

    if (m == 0 || n == 0)
    {
        return Fine;
    }

    Product product{ta == 1, tb == 1, m, n, k, *(const float*)alpha, *(const float*)beta, (const float*)a, (const float*)b, (float*)c,
        (size_t)lda, (size_t)ldb, (size_t)ldc};
    auto room = std::make_shared<std::vector<float>>((size_t)m * k + m);
    int code = submit(stream, [product, room] { product.run(room->data() + product.m, room->data()); });
    return code == Success ? Fine : ExecutionFailed;
}
