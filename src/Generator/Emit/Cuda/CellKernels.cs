namespace SdCompiler.Generator.Emit.Cuda;

/// <summary>The kernels of one LSTM layer's chain: one launch for each step forward, two backward.</summary>
internal static class CellKernels
{
    /// <summary>Kept units whose state lies in shared memory at once.</summary>
    private const int ForwardChunk = 64;

    /// <summary>Gate columns whose gradient lies in shared memory at once.</summary>
    private const int BackwardChunk = 128;

    private const int Warps = CudaKernel.Threads / 32;

    /// <summary>Columns of the gates, padded: units rounded up to 8, times 4.</summary>
    public static int Gates(int units) => (units + 7) / 8 * 32;

    public static CudaKernel Forward(string layer, int B, int H, CellMask mask)
    {
        int R = RowTile.Rows(B), G = Gates(H);
        string index = mask == CellMask.List ? $"kept[t * {H} + k0 + k]" : "k0 + k";
        string keep = mask == CellMask.Bits
            ? $" && (bits[t * bit_step + (row0 + b) * bit_stride + unit / 32] >> (unit % 32) & 1)"
            : string.Empty;
        string scaled = mask == CellMask.None ? string.Empty : "*scale * ";
        return new CudaKernel(
            "cell_forward_" + layer,
            $"{G / 32} x {RowTile.Tiles(B)}",
            (R * ForwardChunk * 4) + (ForwardChunk * 4) + (Warps * R * 32 * 4),
            "a warp reads 128 consecutive bytes of one row of Wh",
            $$"""
            // F1-F4  Step t of {{layer}}: a += h[t-1].Wh{{(mask == CellMask.List ? " over the kept units" : mask == CellMask.Bits ? ", h masked" : string.Empty)}}, + b; i, f, o = sigmoid, g = tanh; c[t] = f*c[t-1] + i*g; h[t] = o*tanh(c[t]).
            // A block owns 8 units with their four gates, 32 columns of Wh, for {{R}} rows. Its 8 warps share the units of h; their sums are added in the order of the warps.
            extern "C" __global__ void __launch_bounds__(256) cell_forward_{{layer}}(
                float* gates, float* h, float* c, const float* __restrict__ Wh, const float* __restrict__ bias{{Parameters(mask)}}, int t)
            {
                __shared__ float state[{{R}}][{{ForwardChunk}}];
                __shared__ int units[{{ForwardChunk}}];
                __shared__ float sums[{{Warps}}][{{R}}][32];
                const int lane = threadIdx.x % 32, warp = threadIdx.x / 32;
                const int column = blockIdx.x * 32 + lane, row0 = blockIdx.y * {{R}};
                const int n = {{(mask == CellMask.List ? "counts[t]" : H.ToString(System.Globalization.CultureInfo.InvariantCulture))}};
                const float* before = h + (long long)t * {{B * H}};
                float acc[{{R}}];
                #pragma unroll
                for (int b = 0; b < {{R}}; b++) acc[b] = 0;
                for (int k0 = 0; k0 < n; k0 += {{ForwardChunk}})
                {
                    __syncthreads();
                    for (int i = threadIdx.x; i < {{R * ForwardChunk}}; i += 256)
                    {
                        const int k = i % {{ForwardChunk}}, b = i / {{ForwardChunk}};
                        const bool inside = k0 + k < n;
                        const int unit = inside ? {{index}} : 0;
                        state[b][k] = inside && row0 + b < {{B}}{{keep}} ? {{scaled}}before[(row0 + b) * {{H}} + unit] : 0;
                        if (b == 0) units[k] = unit;
                    }
                    __syncthreads();
                    const int end = n - k0 < {{ForwardChunk}} ? n - k0 : {{ForwardChunk}};
                    for (int k = warp; k < end; k += {{Warps}})
                    {
                        const float w = Wh[(long long)units[k] * {{G}} + column];
                        #pragma unroll
                        for (int b = 0; b < {{R}}; b++) acc[b] = fmaf(state[b][k], w, acc[b]);
                    }
                }
                #pragma unroll
                for (int b = 0; b < {{R}}; b++) sums[warp][b][lane] = acc[b];
                __syncthreads();
                for (int i = threadIdx.x; i < {{R * 8}}; i += 256)
                {
                    const int b = i / 8, u = i % 8, unit = blockIdx.x * 8 + u, row = row0 + b;
                    if (row >= {{B}} || unit >= {{H}}) continue;
                    float* place = gates + ((long long)t * {{B}} + row) * {{G}} + blockIdx.x * 32 + u;
                    float a[4];
                    #pragma unroll
                    for (int gate = 0; gate < 4; gate++)
                    {
                        float sum = place[gate * 8] + bias[blockIdx.x * 32 + gate * 8 + u];
                        for (int w = 0; w < {{Warps}}; w++) sum += sums[w][b][gate * 8 + u];
                        a[gate] = sum;
                    }
                    const float i_ = sigmoid(a[0]), f = sigmoid(a[1]), g = tanhf(a[2]), o = sigmoid(a[3]);
                    const long long at = ((long long)t * {{B}} + row) * {{H}} + unit;
                    const float cell = fmaf(f, c[at], i_ * g);
                    place[0] = i_;
                    place[8] = f;
                    place[16] = g;
                    place[24] = o;
                    c[at + {{B * H}}] = cell;
                    h[at + {{B * H}}] = o * tanhf(cell);
                }
            }
            """);
    }

    public static CudaKernel BackwardGates(string layer, int B, int H, CellMask mask)
    {
        int G = Gates(H);
        string next = mask == CellMask.None
            ? "later ? dh_next[i] : 0"
            : "later && (bits[(t + 1) * bit_step + row * bit_stride + unit / 32] >> (unit % 32) & 1) ? *scale * dh_next[i] : 0";
        string masks = mask == CellMask.None ? string.Empty : ",\n    const unsigned* __restrict__ bits, const float* __restrict__ scale, int bit_step, int bit_stride";
        return new CudaKernel(
            "gates_backward_" + layer,
            $"{((B * H) + CudaKernel.Threads - 1) / CudaKernel.Threads} x 1",
            0,
            "consecutive threads, consecutive units; four gates in 32-byte pieces",
            $$"""
            // B1-B2  Step t of {{layer}}: dh = from above + from step t+1{{(mask == CellMask.None ? string.Empty : " through its mask")}}; dc += dh*o*(1 - tanh(c)^2); the gates become da; dc *= f. Rows that have ended get 0.
            extern "C" __global__ void __launch_bounds__(256) gates_backward_{{layer}}(
                float* gates, const float* __restrict__ c, const float* __restrict__ dh, const float* __restrict__ dh_next, float* dc, const int* __restrict__ rows_at{{masks}}, int t)
            {
                const int i = blockIdx.x * 256 + threadIdx.x;
                if (i >= {{B * H}}) return;
                const int row = i / {{H}}, unit = i % {{H}};
                float* place = gates + ((long long)t * {{B}} + row) * {{G}} + unit / 8 * 32 + unit % 8;
                if (row >= rows_at[t])
                {
                    place[0] = place[8] = place[16] = place[24] = 0;
                    return;
                }
                const bool later = row < rows_at[t + 1];
                const float i_ = place[0], f = place[8], g = place[16], o = place[24];
                const long long at = (long long)t * {{B * H}} + i;
                const float squashed = tanhf(c[at + {{B * H}}]);
                const float d = dh[at] + ({{next}});
                const float cell = fmaf(d * o, 1 - squashed * squashed, later ? dc[i] : 0);
                place[0] = cell * g * (i_ * (1 - i_));
                place[8] = cell * c[at] * (f * (1 - f));
                place[16] = cell * i_ * (1 - g * g);
                place[24] = d * squashed * (o * (1 - o));
                dc[i] = cell * f;
            }
            """);
    }

    public static CudaKernel BackwardState(string layer, int B, int H, CellMask mask)
    {
        int R = RowTile.Rows(B), G = Gates(H);
        bool list = mask == CellMask.List;
        string lists = list ? ", const int* __restrict__ kept, const int* __restrict__ counts" : string.Empty;
        return new CudaKernel(
            "state_backward_" + layer,
            $"{(H + Warps - 1) / Warps} x {RowTile.Tiles(B)}{(list ? ", those beyond the kept units end at once" : string.Empty)}",
            R * BackwardChunk * 4,
            "a warp reads 128 consecutive bytes of one row of Wh",
            $$"""
            // B3  Step t of {{layer}}: dh[t-1] = da[t].Wh^T{{(list ? " for the kept units alone; who reads it knows which" : string.Empty)}}. A warp owns one unit for {{R}} rows, whose da passes through shared memory.
            extern "C" __global__ void __launch_bounds__(256) state_backward_{{layer}}(
                const float* __restrict__ gates, const float* __restrict__ Wh, float* dh_next{{lists}}, int t)
            {
                __shared__ float da[{{R}}][{{BackwardChunk}}];
                const int lane = threadIdx.x % 32, warp = threadIdx.x / 32, row0 = blockIdx.y * {{R}};
                const int n = {{(list ? "counts[t]" : H.ToString(System.Globalization.CultureInfo.InvariantCulture))}};
                if (blockIdx.x * {{Warps}} >= n) return;
                const int k = blockIdx.x * {{Warps}} + warp;
                const int unit = k < n ? {{(list ? $"kept[t * {H} + k]" : "k")}} : 0;
                float acc[{{R}}];
                #pragma unroll
                for (int b = 0; b < {{R}}; b++) acc[b] = 0;
                for (int j0 = 0; j0 < {{G}}; j0 += {{BackwardChunk}})
                {
                    __syncthreads();
                    for (int i = threadIdx.x; i < {{R * BackwardChunk}}; i += 256)
                    {
                        const int j = i % {{BackwardChunk}}, b = i / {{BackwardChunk}};
                        da[b][j] = j0 + j < {{G}} && row0 + b < {{B}} ? gates[((long long)t * {{B}} + row0 + b) * {{G}} + j0 + j] : 0;
                    }
                    __syncthreads();
                    for (int j = lane; j < {{BackwardChunk}} && j0 + j < {{G}}; j += 32)
                    {
                        const float w = Wh[(long long)unit * {{G}} + j0 + j];
                        #pragma unroll
                        for (int b = 0; b < {{R}}; b++) acc[b] = fmaf(da[b][j], w, acc[b]);
                    }
                }
                #pragma unroll
                for (int b = 0; b < {{R}}; b++)
                {
                    float sum = acc[b];
                    for (int other = 16; other > 0; other /= 2) sum += __shfl_xor_sync(0xffffffffu, sum, other);
                    if (lane == 0 && k < n && row0 + b < {{B}}) dh_next[(row0 + b) * {{H}} + unit] = sum;
                }
            }
            """);
    }

    private static string Parameters(CellMask mask) => mask switch
    {
        CellMask.List => ",\n    const int* __restrict__ kept, const int* __restrict__ counts, const float* __restrict__ scale",
        CellMask.Bits => ",\n    const unsigned* __restrict__ bits, const float* __restrict__ scale, int bit_step, int bit_stride",
        _ => string.Empty,
    };
}
