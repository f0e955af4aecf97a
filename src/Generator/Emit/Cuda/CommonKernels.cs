namespace SdCompiler.Generator.Emit.Cuda;

/// <summary>
/// The kernels that no model changes, emitted once for each model: the state after a window, the gradient's norm, the decision whether a step counts, and the optimizers.
/// Their sizes are arguments. The runtime launches them by their names (CudaOptimizerState, CudaStepEngine).
/// </summary>
internal static class CommonKernels
{
    public static void Emit(EmitPlan plan, SourceWriter writer)
    {
        writer.Line("/// <summary>The kernels of the state after a window, of clipping and of the optimizers: their sizes are arguments.</summary>");
        writer.Line(Code.Attribute);
        using (writer.Block($"file static class {ClassName(plan)}"))
        {
            writer.Line("public const string Kernels = \"\"\"");
            using (writer.Indented())
            {
                writer.Line(Source.TrimEnd('\n'));
                writer.Line();
                writer.Line("\"\"\";");
            }
        }
    }

    /// <summary>The class that holds the text.</summary>
    public static string ClassName(EmitPlan plan) => plan.Name + "CommonKernels";

    private const string Source = """
        // The state of each row after its own last step; slot 0 of h and c is the state before the window, so that a row without steps keeps it.
        extern "C" __global__ void __launch_bounds__(256) take_state(
            const float* __restrict__ h, const float* __restrict__ c, const int* __restrict__ lengths, float* h_out, float* c_out, int B, int units)
        {
            const int i = blockIdx.x * 256 + threadIdx.x;
            if (i >= B * units) return;
            const int b = i / units;
            const long long from = (long long)lengths[b] * B * units + i;
            h_out[i] = h[from];
            c_out[i] = c[from];
        }

        // The sum of squares of a gradient in 64 parts, each added by one block in one order: the same bits at every run. n is rows times columns, or, where a
        // count is given, the count times columns.
        extern "C" __global__ void __launch_bounds__(256) squares(const float* __restrict__ g, long long rows, int columns, const int* count, double* parts)
        {
            __shared__ double sums[256];
            const long long n = (count ? (long long)*count : rows) * columns;
            double sum = 0;
            for (long long i = (long long)blockIdx.x * 256 + threadIdx.x; i < n; i += 64LL * 256)
                sum += (double)g[i] * g[i];
            sums[threadIdx.x] = sum;
            __syncthreads();
            for (int half = 128; half > 0; half /= 2)
            {
                if (threadIdx.x < half) sums[threadIdx.x] += sums[threadIdx.x + half];
                __syncthreads();
            }
            if (threadIdx.x == 0) parts[blockIdx.x] = sums[0];
        }

        // outcome[0] = the gradient's norm; outcome[1] = what clipping multiplies the gradient by; outcome[2] = 1 where the step counts: every loss and the gradient
        // are finite, and no weight can move by more than single precision holds. limits: the clip norm (0 never clips), the largest learning rate.
        extern "C" __global__ void __launch_bounds__(256) decide(
            const double* __restrict__ parts, int count, const double* __restrict__ losses, int cells, const double* __restrict__ limits, double* outcome)
        {
            __shared__ double sums[256];
            __shared__ int finite[256];
            double sum = 0;
            for (int i = threadIdx.x; i < count; i += 256) sum += parts[i];
            int all = 1;
            for (int i = threadIdx.x; i < cells; i += 256) all &= losses[i] - losses[i] == 0 ? 1 : 0;   // false for infinities and NaN
            sums[threadIdx.x] = sum;
            finite[threadIdx.x] = all;
            __syncthreads();
            for (int half = 128; half > 0; half /= 2)
            {
                if (threadIdx.x < half)
                {
                    sums[threadIdx.x] += sums[threadIdx.x + half];
                    finite[threadIdx.x] &= finite[threadIdx.x + half];
                }
                __syncthreads();
            }
            if (threadIdx.x != 0) return;
            const double norm = sqrt(sums[0]), clip = limits[0];
            const double scale = clip > 0 && norm > clip ? clip / norm : 1;
            const double length = norm * scale;
            outcome[0] = norm;
            outcome[1] = scale;
            outcome[2] = finite[0] && length <= 1e19 && length * limits[1] <= 1e19 ? 1 : 0;   // false for NaN
        }

        // rule: rate, decay, momentum, nesterov.
        __device__ __forceinline__ float sgd_weight(float w, float g, float* m, const float* rule)
        {
            float direction = fmaf(rule[1], w, g);
            if (m)
            {
                const float velocity = fmaf(rule[2], *m, direction);
                *m = velocity;
                direction = rule[3] != 0 ? fmaf(rule[2], velocity, direction) : velocity;
            }
            return fmaf(-rule[0], direction, w);
        }

        // rule: step size, decay, keep, beta1, beta2, root scale, epsilon.
        __device__ __forceinline__ float adam_weight(float w, float g, float* m, float* v, const float* rule)
        {
            const float gradient = fmaf(rule[1], w, g);
            const float first = fmaf(rule[3], *m, (1 - rule[3]) * gradient);
            const float second = fmaf(rule[4], *v, (1 - rule[4]) * gradient * gradient);
            *m = first;
            *v = second;
            return fmaf(-rule[0], first / fmaf(sqrtf(second), rule[5], rule[6]), rule[2] * w);
        }

        extern "C" __global__ void __launch_bounds__(256) sgd(
            float* w, const float* __restrict__ g, float* m, long long n, const float* __restrict__ rule, const double* __restrict__ outcome)
        {
            const long long i = (long long)blockIdx.x * 256 + threadIdx.x;
            if (i >= n || outcome[2] == 0) return;
            w[i] = sgd_weight(w[i], g[i] * (float)outcome[1], m ? m + i : nullptr, rule);
        }

        extern "C" __global__ void __launch_bounds__(256) adam(
            float* w, const float* __restrict__ g, float* m, float* v, long long n, const float* __restrict__ rule, const double* __restrict__ outcome)
        {
            const long long i = (long long)blockIdx.x * 256 + threadIdx.x;
            if (i >= n || outcome[2] == 0) return;
            w[i] = adam_weight(w[i], g[i] * (float)outcome[1], m + i, v + i, rule);
        }

        // Only the rows of a table that have a gradient: without momentum and decay the others do not move. One block a row.
        extern "C" __global__ void __launch_bounds__(256) sgd_rows(
            float* w, const float* __restrict__ g, const int* __restrict__ tokens, const int* __restrict__ count, int width,
            const float* __restrict__ rule, const double* __restrict__ outcome)
        {
            if (blockIdx.x >= *count || outcome[2] == 0) return;
            float* row = w + (long long)tokens[blockIdx.x] * width;
            for (int k = threadIdx.x; k < width; k += 256)
                row[k] = sgd_weight(row[k], g[(long long)blockIdx.x * width + k] * (float)outcome[1], nullptr, rule);
        }

        // slots[token] = 1 + the row of the token's gradient, or 0 where the window does not have the token.
        extern "C" __global__ void __launch_bounds__(256) mark_rows(int* slots, const int* __restrict__ tokens, const int* __restrict__ count, int set)
        {
            const int slot = blockIdx.x * 256 + threadIdx.x;
            if (slot < *count) slots[tokens[slot]] = set ? slot + 1 : 0;
        }

        // A whole table, one block a row: with momentum or decay rows without gradient move too, exactly as if it were zero there.
        extern "C" __global__ void __launch_bounds__(256) sgd_table(
            float* w, const float* __restrict__ g, float* m, const int* __restrict__ slots, int width, const float* __restrict__ rule, const double* __restrict__ outcome)
        {
            if (outcome[2] == 0) return;
            const long long row = blockIdx.x;
            const int slot = slots[row];
            for (int k = threadIdx.x; k < width; k += 256)
            {
                const long long i = row * width + k;
                const float gradient = slot ? g[(long long)(slot - 1) * width + k] * (float)outcome[1] : 0;
                w[i] = sgd_weight(w[i], gradient, m ? m + i : nullptr, rule);
            }
        }

        extern "C" __global__ void __launch_bounds__(256) adam_table(
            float* w, const float* __restrict__ g, float* m, float* v, const int* __restrict__ slots, int width, const float* __restrict__ rule, const double* __restrict__ outcome)
        {
            if (outcome[2] == 0) return;
            const long long row = blockIdx.x;
            const int slot = slots[row];
            for (int k = threadIdx.x; k < width; k += 256)
            {
                const long long i = row * width + k;
                const float gradient = slot ? g[(long long)(slot - 1) * width + k] * (float)outcome[1] : 0;
                w[i] = adam_weight(w[i], gradient, m + i, v + i, rule);
            }
        }

        """;
}
