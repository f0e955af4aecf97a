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

    /// <param name="name">What the kernel is called.</param>
    /// <param name="layer">The layer, for the comment.</param>
    /// <param name="units">Units of the source.</param>
    /// <param name="width">Units of a row of what is joined.</param>
    /// <param name="start">Where the source begins in it.</param>
    public static CudaKernel Join(string name, string layer, int units, int width, int start) => new(
        name, "a thread an item", 0, CudaKernel.Flat,
        $$"""
        // {{layer}}[{{start}}..{{start + units}}] = one of its sources.
        extern "C" __global__ void __launch_bounds__(256) {{name}}(const float* __restrict__ x, float* y, int rows)
        {
            const long long i = (long long)blockIdx.x * 256 + threadIdx.x;
            if (i < rows * {{units}}LL) y[i / {{units}} * {{width}} + {{start}} + i % {{units}}] = x[i];
        }
        """);

    /// <param name="name">What the kernel is called.</param>
    /// <param name="layer">The layer, for the comment.</param>
    /// <param name="units">Units of the source.</param>
    /// <param name="width">Units of a row of what is joined.</param>
    /// <param name="start">Where the source begins in it.</param>
    /// <param name="accumulate">Whether the result is added.</param>
    public static CudaKernel Split(string name, string layer, int units, int width, int start, bool accumulate) => new(
        name, "a thread an item", 0, CudaKernel.Flat,
        $$"""
        // The gradient of {{layer}}[{{start}}..{{start + units}}] goes to that source.
        extern "C" __global__ void __launch_bounds__(256) {{name}}(const float* __restrict__ dy, float* dx, int rows)
        {
            const long long i = (long long)blockIdx.x * 256 + threadIdx.x;
            if (i < rows * {{units}}LL) dx[i] {{(accumulate ? "+=" : "=")}} dy[i / {{units}} * {{width}} + {{start}} + i % {{units}}];
        }
        """);

    public static CudaKernel Last(string layer, int B, int units) => new(
        "last_" + layer, "a thread an item", 0, CudaKernel.Flat,
        $$"""
        // s = what each row has at its own last step; 0 for a row that the window does not have.
        extern "C" __global__ void __launch_bounds__(256) last_{{layer}}(const float* __restrict__ x, const int* __restrict__ lengths, float* s)
        {
            const int i = blockIdx.x * 256 + threadIdx.x;
            if (i >= {{B * units}}) return;
            const int length = lengths[i / {{units}}];
            s[i] = length > 0 ? x[(length - 1) * {{(long)B * units}}LL + i] : 0;
        }
        """);

    public static CudaKernel LastBackward(string layer, int B, int units, bool accumulate) => new(
        "lastgradient_" + layer, "a thread an item", 0, CudaKernel.Flat,
        $$"""
        // The gradient goes to each row's own last step{{(accumulate ? string.Empty : "; elsewhere it is 0")}}.
        extern "C" __global__ void __launch_bounds__(256) lastgradient_{{layer}}(const float* __restrict__ ds, const int* __restrict__ lengths, float* dx, int rows)
        {
            const long long i = (long long)blockIdx.x * 256 + threadIdx.x;
            if (i >= rows * {{units}}LL) return;
            const int row = (int)(i / {{units}}), place = (int)(i % {{(long)B * units}}LL);
            const bool last = row / {{B}} == lengths[row % {{B}}] - 1;
            {{(accumulate ? "if (last) dx[i] += ds[place];" : "dx[i] = last ? ds[place] : 0;")}}
        }
        """);

    /// <param name="name">What the kernel is called.</param>
    /// <param name="units">Units of a row of x.</param>
    /// <param name="kept">Units that are kept.</param>
    public static CudaKernel Gather(string name, int units, int kept) => new(
        name, "a thread an item", 0, "a thread a float, scattered by the list",
        $$"""
        // M3  The kept units of each row side by side, scaled; one list serves all steps.
        extern "C" __global__ void __launch_bounds__(256) {{name}}(const float* __restrict__ x, float* y, const int* __restrict__ kept, const float* __restrict__ scale, int rows)
        {
            const long long i = (long long)blockIdx.x * 256 + threadIdx.x;
            if (i < rows * {{kept}}LL) y[i] = *scale * x[i / {{kept}} * {{units}} + kept[i % {{kept}}]];
        }
        """);

    /// <param name="name">What the kernel is called.</param>
    /// <param name="units">Units of a row of dx.</param>
    /// <param name="kept">Units that are kept.</param>
    /// <param name="accumulate">Whether the result is added; otherwise dx is 0 before.</param>
    public static CudaKernel Spread(string name, int units, int kept, bool accumulate) => new(
        name, "a thread an item", 0, "a thread a float, scattered by the list",
        $$"""
        // M3  Back: the gradient of the kept units to their places, scaled; the others are {{(accumulate ? "left as they are" : "0 before")}}.
        extern "C" __global__ void __launch_bounds__(256) {{name}}(const float* __restrict__ y, float* x, const int* __restrict__ kept, const float* __restrict__ scale, int rows)
        {
            const long long i = (long long)blockIdx.x * 256 + threadIdx.x;
            if (i < rows * {{kept}}LL) x[i / {{kept}} * {{units}} + kept[i % {{kept}}]] {{(accumulate ? "+=" : "=")}} *scale * y[i];
        }
        """);

    /// <param name="name">What the kernel is called.</param>
    /// <param name="columns">Floats of a row of the weights.</param>
    /// <param name="kept">Rows that are kept.</param>
    /// <param name="back">From the compact rows to their places; the others are 0 before.</param>
    public static CudaKernel Rows(string name, string columns, int kept, bool back) => new(
        name, "a thread an item", 0, CudaKernel.Flat,
        $$"""
        // {{(back ? "The gradient of the kept rows of the weights to their places; the others are 0 before." : "The kept rows of the weights, one below the other: read once a window, used by all steps.")}}
        extern "C" __global__ void __launch_bounds__(256) {{name}}(const float* __restrict__ from, float* to, const int* __restrict__ kept)
        {
            const long long i = (long long)blockIdx.x * 256 + threadIdx.x;
            if (i >= {{kept}}LL * {{columns}}) return;
            const long long place = (long long)kept[i / {{columns}}] * {{columns}} + i % {{columns}};
            {{(back ? "to[place] = from[i];" : "to[i] = from[place];")}}
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
        // A1  x = {{activation}}(y + b); y comes in rows of {{columns}}, x leaves in rows of {{units}}.
        extern "C" __global__ void __launch_bounds__(256) activate_{{layer}}(const float* __restrict__ y, const float* __restrict__ bias, float* x, int rows)
        {
            const long long i = (long long)blockIdx.x * 256 + threadIdx.x;
            if (i >= rows * {{units}}LL) return;
            const int unit = (int)(i % {{units}});
            const float v = y[i / {{units}} * {{columns}} + unit] + bias[unit];
            x[i] = {{Function(activation)}};
        }
        """);

    public static CudaKernel ActivateBackward(string layer, Activation activation, int B, int units, int columns) => new(
        "activategradient_" + layer, "a thread an item", 0, CudaKernel.Flat,
        $$"""
        // A2  dy = dx times the derivative, in rows of {{columns}}; 0 in padding and for rows that have ended.
        extern "C" __global__ void __launch_bounds__(256) activategradient_{{layer}}(
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
