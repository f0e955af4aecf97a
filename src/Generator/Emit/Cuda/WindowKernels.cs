using System;

namespace SdCompiler.Generator.Emit.Cuda;

/// <summary>Kernels that run once for all steps of a window.</summary>
internal static class WindowKernels
{
    /// <summary>Functions that several kernels use.</summary>
    public const string Helpers = "__device__ __forceinline__ float sigmoid(float x) { return 1 / (1 + expf(-x)); }";

    public static CudaKernel Embed(string layer, int width) => new(
        "embed_" + layer, "a thread an item", 0, CudaKernel.Flat,
        $$"""
        // E1  x[r] = the vector of {{layer}} for the token of row r = t*B + b.
        extern "C" __global__ void __launch_bounds__(256) embed_{{layer}}(const int* __restrict__ tokens, const float* __restrict__ table, float* x, int rows)
        {
            const long long i = (long long)blockIdx.x * 256 + threadIdx.x;
            if (i < rows * {{width}}LL) x[i] = table[(long long)tokens[i / {{width}}] * {{width}} + i % {{width}}];
        }
        """);

    public static CudaKernel Scatter(string layer, int width) => new(
        "scatter_" + layer, "a block a distinct token", 0, CudaKernel.Flat,
        $$"""
        // E2  The gradient of each distinct token's vector: the sum over its places in the window, in their order.
        extern "C" __global__ void __launch_bounds__(256) scatter_{{layer}}(
            const float* __restrict__ dx, const int* __restrict__ count, const int* __restrict__ starts, const int* __restrict__ positions, float* gradient)
        {
            if (blockIdx.x >= *count) return;
            for (int k = threadIdx.x; k < {{width}}; k += 256)
            {
                float sum = 0;
                for (int p = starts[blockIdx.x]; p < starts[blockIdx.x + 1]; p++) sum += dx[(long long)positions[p] * {{width}} + k];
                gradient[(long long)blockIdx.x * {{width}} + k] = sum;
            }
        }
        """);

    /// <param name="name">What the kernel is called.</param>
    /// <param name="what">The comment.</param>
    /// <param name="B">Rows of a step.</param>
    /// <param name="units">Units of a row.</param>
    /// <param name="accumulate">Whether the result is added.</param>
    public static CudaKernel Mask(string name, string what, int B, int units, bool accumulate) => new(
        name, "a thread an item", 0, CudaKernel.Flat,
        $$"""
        // {{what}}
        extern "C" __global__ void __launch_bounds__(256) {{name}}(
            const float* __restrict__ x, float* y, const unsigned* __restrict__ bits, const float* __restrict__ scale, int bit_step, int bit_stride, int rows)
        {
            const long long i = (long long)blockIdx.x * 256 + threadIdx.x;
            if (i >= rows * {{units}}LL) return;
            const int row = (int)(i / {{units}}), unit = (int)(i % {{units}});
            const unsigned word = bits[row / {{B}} * bit_step + row % {{B}} * bit_stride + unit / 32];
            y[i] {{(accumulate ? "+=" : "=")}} word >> (unit % 32) & 1 ? *scale * x[i] : 0;
        }
        """);

    public static CudaKernel ColumnSums(string name, string columns) => new(
        name, "a block 32 columns", 8 * 32 * 4, "a warp reads 128 consecutive bytes of one row",
        $$"""
        // B5  The gradient of the bias: the sum over all rows, 8 warps a column, added in the order of the warps.
        extern "C" __global__ void __launch_bounds__(256) {{name}}(const float* __restrict__ dy, float* gradient, int rows)
        {
            __shared__ float sums[8][32];
            const int lane = threadIdx.x % 32, warp = threadIdx.x / 32, column = blockIdx.x * 32 + lane;
            float sum = 0;
            for (int row = warp; row < rows; row += 8) sum += dy[(long long)row * {{columns}} + column];
            sums[warp][lane] = sum;
            __syncthreads();
            if (warp != 0) return;
            for (int other = 1; other < 8; other++) sum += sums[other][lane];
            gradient[column] = sum;
        }
        """);

    public static CudaKernel Activate(string layer, Activation activation, int units, int columns) => new(
        "activate_" + layer, "a thread an item", 0, CudaKernel.Flat,
        $$"""
        // A1  x = {{activation}}(y + b) in place; y comes in rows of {{columns}}, x leaves in rows of {{units}}.
        extern "C" __global__ void __launch_bounds__(256) activate_{{layer}}(const float* __restrict__ y, const float* __restrict__ bias, float* x, int rows)
        {
            const long long i = (long long)blockIdx.x * 256 + threadIdx.x;
            if (i >= rows * {{units}}LL) return;
            const int unit = (int)(i % {{units}});
            const float v = y[i / {{units}} * {{columns}} + unit] + bias[unit];
            x[i] = {{Function(activation)}};
        }
        """.Replace(" in place;", ";"));

    public static CudaKernel ActivateBackward(string layer, Activation activation, int B, int units, int columns) => new(
        "activate_backward_" + layer, "a thread an item", 0, CudaKernel.Flat,
        $$"""
        // A2  dy = dx times the derivative, in rows of {{columns}}; 0 in padding and for rows that have ended.
        extern "C" __global__ void __launch_bounds__(256) activate_backward_{{layer}}(
            const float* __restrict__ dx, const float* __restrict__ x, float* dy, const int* __restrict__ rows_at, int rows)
        {
            const long long i = (long long)blockIdx.x * 256 + threadIdx.x;
            if (i >= rows * {{columns}}LL) return;
            const int row = (int)(i / {{columns}}), unit = (int)(i % {{columns}});
            const bool runs = unit < {{units}} && row % {{B}} < rows_at[row / {{B}}];
            const float v = runs ? x[(long long)row * {{units}} + unit] : 0, d = runs ? dx[(long long)row * {{units}} + unit] : 0;
            dy[i] = {{Derivative(activation)}};
        }
        """);

    private static string Function(Activation activation) => activation switch
    {
        Activation.None => "v",
        Activation.Tanh => "tanhf(v)",
        Activation.Sigmoid => "sigmoid(v)",
        Activation.Relu => "v > 0 ? v : 0",
        _ => throw new ArgumentOutOfRangeException(nameof(activation)),
    };

    /// <summary>From the activated value, as v, and the gradient by it, as d.</summary>
    private static string Derivative(Activation activation) => activation switch
    {
        Activation.None => "d",
        Activation.Tanh => "d * (1 - v * v)",
        Activation.Sigmoid => "d * v * (1 - v)",
        Activation.Relu => "v > 0 ? d : 0",
        _ => throw new ArgumentOutOfRangeException(nameof(activation)),
    };
}
