// Put between kernel_abi.h and every kernel source: the part of CUDA C that header-free kernels may use, in terms of
// the hooks of the stand-in. What is missing here does not compile, which keeps the emitted dialect small on purpose.
#define SD_STANDIN 1
#define __global__
#define __device__
#define __host__
#define __constant__ static
// __shared__ is defined anew in front of every kernel: its arrays get a section of their own, which is filled with NaN
// before a block starts. "used", because that is a write which the compiler does not see.
#define SD_SHARED(section_name) static __attribute__((section(section_name), used))
#define __forceinline__ inline __attribute__((always_inline))
#define __noinline__ __attribute__((noinline))
#define __launch_bounds__(...)
#define __align__(n) __attribute__((aligned(n)))

typedef decltype(sizeof(0)) size_t;

// Not static: every call into the stand-in may change them, and the compiler has to know.
sd_dim3 sd_thread, sd_block, sd_block_size, sd_grid_size;
const sd_hooks* sd_calls;
#define threadIdx sd_thread
#define blockIdx sd_block
#define blockDim sd_block_size
#define gridDim sd_grid_size
#define warpSize 32

struct __align__(8) float2 { float x, y; };
struct __align__(16) float4 { float x, y, z, w; };
struct __align__(8) int2 { int x, y; };
struct __align__(16) int4 { int x, y, z, w; };
struct __align__(8) uint2 { unsigned x, y; };
struct __align__(16) uint4 { unsigned x, y, z, w; };
static inline float2 make_float2(float x, float y) { return {x, y}; }
static inline float4 make_float4(float x, float y, float z, float w) { return {x, y, z, w}; }
static inline int2 make_int2(int x, int y) { return {x, y}; }
static inline int4 make_int4(int x, int y, int z, int w) { return {x, y, z, w}; }
static inline uint2 make_uint2(unsigned x, unsigned y) { return {x, y}; }
static inline uint4 make_uint4(unsigned x, unsigned y, unsigned z, unsigned w) { return {x, y, z, w}; }

// Barriers and warps. The line of the call comes along: threads that wait at different barriers are a mistake.
static inline void __syncthreads(int line = __builtin_LINE()) { sd_calls->block_barrier(line); }
static inline void __syncwarp(unsigned mask = 0xFFFFFFFFu, int line = __builtin_LINE()) { sd_calls->warp(sd_warp_sync, mask, 0, 0, line); }
static inline unsigned __ballot_sync(unsigned mask, int predicate, int line = __builtin_LINE())
{
    return (unsigned)sd_calls->warp(sd_warp_ballot, mask, predicate != 0, 0, line);
}
static inline int __any_sync(unsigned mask, int predicate, int line = __builtin_LINE()) { return __ballot_sync(mask, predicate, line) != 0; }
static inline int __all_sync(unsigned mask, int predicate, int line = __builtin_LINE()) { return __ballot_sync(mask, !predicate, line) == 0; }

static inline int sd_lane() { return (threadIdx.x + blockDim.x * (threadIdx.y + blockDim.y * threadIdx.z)) & 31; }

template <class T> static inline T sd_shuffle(unsigned mask, T value, int source, int line)
{
    static_assert(sizeof(T) == 4 || sizeof(T) == 8, "shuffles move 4 or 8 bytes");
    unsigned long long bits = 0;
    __builtin_memcpy(&bits, &value, sizeof(T));
    bits = sd_calls->warp(sd_warp_shuffle, mask, bits, source, line);
    __builtin_memcpy(&value, &bits, sizeof(T));
    return value;
}
template <class T> static inline T __shfl_sync(unsigned mask, T value, int source, int width = 32, int line = __builtin_LINE())
{
    return sd_shuffle(mask, value, (sd_lane() & ~(width - 1)) + (source & (width - 1)), line);
}
template <class T> static inline T __shfl_up_sync(unsigned mask, T value, unsigned delta, int width = 32, int line = __builtin_LINE())
{
    int lane = sd_lane(), source = lane - (int)delta;
    return sd_shuffle(mask, value, source < (lane & ~(width - 1)) ? lane : source, line);
}
template <class T> static inline T __shfl_down_sync(unsigned mask, T value, unsigned delta, int width = 32, int line = __builtin_LINE())
{
    int lane = sd_lane(), source = lane + (int)delta;
    return sd_shuffle(mask, value, source > (lane | (width - 1)) ? lane : source, line);
}
template <class T> static inline T __shfl_xor_sync(unsigned mask, T value, int lanes, int width = 32, int line = __builtin_LINE())
{
    int lane = sd_lane(), source = lane ^ lanes;
    return sd_shuffle(mask, value, source > (lane | (width - 1)) ? lane : source, line);
}

static inline void __threadfence() {}
static inline void __threadfence_block() {}

// One thread runs at a time, so these are atomic as they stand.
static inline float atomicAdd(float* p, float v) { float old = *p; *p = old + v; return old; }
static inline double atomicAdd(double* p, double v) { double old = *p; *p = old + v; return old; }
static inline int atomicAdd(int* p, int v) { int old = *p; *p = (int)((unsigned)old + (unsigned)v); return old; }
static inline unsigned atomicAdd(unsigned* p, unsigned v) { unsigned old = *p; *p = old + v; return old; }
static inline int atomicMax(int* p, int v) { int old = *p; if (v > old) *p = v; return old; }
static inline unsigned atomicMax(unsigned* p, unsigned v) { unsigned old = *p; if (v > old) *p = v; return old; }
static inline int atomicExch(int* p, int v) { int old = *p; *p = v; return old; }
static inline unsigned atomicExch(unsigned* p, unsigned v) { unsigned old = *p; *p = v; return old; }
static inline unsigned atomicInc(unsigned* p, unsigned last) { unsigned old = *p; *p = old >= last ? 0 : old + 1; return old; }

template <class T> static inline T __ldg(const T* p) { return *p; }

static inline unsigned __float_as_uint(float v) { unsigned r; __builtin_memcpy(&r, &v, 4); return r; }
static inline float __uint_as_float(unsigned v) { float r; __builtin_memcpy(&r, &v, 4); return r; }
static inline int __float_as_int(float v) { return (int)__float_as_uint(v); }
static inline float __int_as_float(int v) { return __uint_as_float((unsigned)v); }
static inline int __popc(unsigned v) { return __builtin_popcount(v); }
static inline int __ffs(int v) { return __builtin_ffs(v); }
static inline int __clz(int v) { return v == 0 ? 32 : __builtin_clz((unsigned)v); }
static inline unsigned __umulhi(unsigned a, unsigned b) { return (unsigned)(((unsigned long long)a * b) >> 32); }

extern "C"
{
    float expf(float) noexcept; double exp(double) noexcept; float exp2f(float) noexcept; double exp2(double) noexcept;
    float tanhf(float) noexcept; double tanh(double) noexcept; float sqrtf(float) noexcept; double sqrt(double) noexcept;
    float logf(float) noexcept; double log(double) noexcept; float log2f(float) noexcept; double log2(double) noexcept;
    float log1pf(float) noexcept; double log1p(double) noexcept; float expm1f(float) noexcept; double expm1(double) noexcept;
    float powf(float, float) noexcept; double pow(double, double) noexcept; float fmaf(float, float, float) noexcept;
    double fma(double, double, double) noexcept; float fmaxf(float, float) noexcept; double fmax(double, double) noexcept;
    float fminf(float, float) noexcept; double fmin(double, double) noexcept; float fabsf(float) noexcept; double fabs(double) noexcept;
    float floorf(float) noexcept; double floor(double) noexcept; float ceilf(float) noexcept; double ceil(double) noexcept;
}
static inline float rsqrtf(float v) { return 1.0f / sqrtf(v); }
static inline double rsqrt(double v) { return 1.0 / sqrt(v); }
static inline float __expf(float v) { return expf(v); }
static inline float __logf(float v) { return logf(v); }
static inline float __fdividef(float a, float b) { return a / b; }
static inline bool isfinite(float v) { return __builtin_isfinite(v); }
static inline bool isfinite(double v) { return __builtin_isfinite(v); }
static inline bool isnan(float v) { return __builtin_isnan(v); }
static inline bool isnan(double v) { return __builtin_isnan(v); }
static inline bool isinf(float v) { return __builtin_isinf(v); }
static inline bool isinf(double v) { return __builtin_isinf(v); }

#define SD_MIN_MAX(T) \
    static inline T min(T a, T b) { return a < b ? a : b; } \
    static inline T max(T a, T b) { return a > b ? a : b; }
SD_MIN_MAX(int)
SD_MIN_MAX(unsigned)
SD_MIN_MAX(long long)
SD_MIN_MAX(unsigned long long)
// A NaN loses against a number, as on the device.
static inline float min(float a, float b) { return fminf(a, b); }
static inline float max(float a, float b) { return fmaxf(a, b); }
static inline double min(double a, double b) { return fmin(a, b); }
static inline double max(double a, double b) { return fmax(a, b); }
#undef SD_MIN_MAX

// The compiler checks alignment and the bounds of arrays of known size (shared memory has no guard pages) and calls these.
struct sd_source_location { const char* file; unsigned line, column; };
extern "C" __attribute__((visibility("hidden"))) void __ubsan_handle_out_of_bounds_abort(sd_source_location* at, unsigned long)
{
    sd_calls->fail(700, "an index lies outside its array", at->line);
    __builtin_trap();
}
extern "C" __attribute__((visibility("hidden"))) void __ubsan_handle_type_mismatch_v1_abort(sd_source_location* at, unsigned long)
{
    sd_calls->fail(716, "an address is not aligned to the size of what is read or written there", at->line);
    __builtin_trap();
}

// Calling a kernel from an array of pointers to its arguments, as cuLaunchKernel gets them.
template <size_t... I> struct sd_indices {};
template <size_t N, size_t... I> struct sd_make_indices : sd_make_indices<N - 1, N - 1, I...> {};
template <size_t... I> struct sd_make_indices<0, I...> { typedef sd_indices<I...> type; };
template <class... A, size_t... I> static inline void sd_call_with(void (*f)(A...), void** p, sd_indices<I...>) { f(*(A*)p[I]...); }
template <class... A> static inline void sd_call(void (*f)(A...), void** p) { sd_call_with(f, p, typename sd_make_indices<sizeof...(A)>::type()); }
template <class F> struct sd_signature;
template <class... A> struct sd_signature<void(A...)>
{
    static constexpr int count = sizeof...(A);
    static constexpr unsigned long sizes[] = {sizeof(A)..., 0};
};
