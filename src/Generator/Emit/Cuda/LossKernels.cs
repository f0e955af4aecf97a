namespace SdCompiler.Generator.Emit.Cuda;

/// <summary>Kernels of the loss: losses, and while training the gradient by the outputs in their place.</summary>
internal static class LossKernels
{
    private const int Warps = CudaKernel.Threads / 32;

    /// <param name="layer">The layer.</param>
    /// <param name="B">Rows of a step.</param>
    /// <param name="classes">Classes: a literal, or a name that is defined when the source is compiled.</param>
    /// <param name="columns">Classes, padded.</param>
    /// <param name="ignore">The target without loss.</param>
    public static CudaKernel Softmax(string layer, int B, string classes, string columns, int ignore) => new(
        "softmax_" + layer, "a block a row", CudaKernel.Threads * (4 + 4 + 8), CudaKernel.Flat,
        $$"""
        // L1  y += b; loss = log(sum of exp(y)) - y[target]; while training y becomes dy = (softmax - onehot) / rows, 0 in padding, for ended rows and ignored targets.
        extern "C" __global__ void __launch_bounds__(256) softmax_{{layer}}(
            float* y, const float* __restrict__ bias, const int* __restrict__ targets, const int* __restrict__ rows_at, double* losses, int* hits, int training)
        {
            __shared__ float tops[256];
            __shared__ int places[256];
            __shared__ double sums[256];
            const int r = blockIdx.x, tid = threadIdx.x;
            const bool counts = r % {{B}} < rows_at[r / {{B}}] && targets[r] != {{Text.Of(ignore)}};
            float* row = y + (long long)r * {{columns}};
            if (!counts)
            {
                if (tid == 0)
                {
                    losses[r] = 0;
                    hits[r] = 0;
                }
                for (int j = tid; training && j < {{columns}}; j += 256) row[j] = 0;
                return;
            }
            float top = __uint_as_float(0xff800000u);   // minus infinity
            int place = 0x7fffffff;
            for (int j = tid; j < {{classes}}; j += 256)
            {
                const float v = row[j] + bias[j];
                row[j] = v;
                if (v > top)
                {
                    top = v;
                    place = j;
                }
            }
            tops[tid] = top;
            places[tid] = place;
            __syncthreads();
            for (int half = 128; half > 0; half /= 2)
            {
                if (tid < half && (tops[tid + half] > tops[tid] || (tops[tid + half] == tops[tid] && places[tid + half] < places[tid])))
                {
                    tops[tid] = tops[tid + half];
                    places[tid] = places[tid + half];
                }
                __syncthreads();
            }
            top = tops[0];
            double sum = 0;
            for (int j = tid; j < {{classes}}; j += 256) sum += expf(row[j] - top);
            sums[tid] = sum;
            __syncthreads();
            for (int half = 128; half > 0; half /= 2)
            {
                if (tid < half) sums[tid] += sums[tid + half];
                __syncthreads();
            }
            if (tid == 0)
            {
                losses[r] = log(sums[0]) + ((double)top - row[targets[r]]);
                hits[r] = places[0] == targets[r];
            }
            if (!training) return;
            __syncthreads();
            const double share = 1.0 / rows_at[0];
            const float factor = (float)(share / sums[0]);
            for (int j = tid; j < {{columns}}; j += 256)
                row[j] = j >= {{classes}} ? 0 : expf(row[j] - top) * factor - (j == targets[r] ? (float)share : 0);
        }
        """);

    public static CudaKernel Regression(string layer, int B, int outputs, int columns) => new(
        "regression_" + layer, "a warp a row", 0, "a warp reads one row",
        $$"""
        // L2  y += b; loss = mean over the outputs of (y - target)^2; while training y becomes dy = 2 (y - target) / (outputs * rows), 0 in padding and for ended rows.
        extern "C" __global__ void __launch_bounds__(256) regression_{{layer}}(
            float* y, const float* __restrict__ bias, const float* __restrict__ targets, const int* __restrict__ rows_at, double* losses, int training, int rows)
        {
            const int r = blockIdx.x * {{Warps}} + threadIdx.x / 32, lane = threadIdx.x % 32;
            if (r >= rows) return;
            const bool runs = r % {{B}} < rows_at[r / {{B}}];
            const float slope = (float)(2.0 / ({{outputs}}.0 * rows_at[0]));
            float* row = y + (long long)r * {{columns}};
            double sum = 0;
            for (int j = lane; j < {{columns}}; j += 32)
            {
                const bool real = runs && j < {{outputs}};
                const float error = real ? row[j] + bias[j] - targets[(long long)r * {{outputs}} + j] : 0;
                sum += (double)error * error;
                if (training) row[j] = slope * error;
            }
            for (int other = 16; other > 0; other /= 2) sum += __shfl_xor_sync(0xffffffffu, sum, other);
            if (lane == 0) losses[r] = sum / {{outputs}};
        }
        """);
}
