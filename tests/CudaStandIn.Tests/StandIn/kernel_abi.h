// What a compiled kernel image and the stand-in agree on. Free of headers, because this text also goes in front of
// every kernel source, and device code has no headers either.
#ifndef SD_KERNEL_ABI
#define SD_KERNEL_ABI

struct sd_dim3
{
    unsigned x, y, z;
};

enum sd_warp_operation
{
    sd_warp_sync,
    sd_warp_shuffle,
    sd_warp_ballot
};

// What device code asks of the machine it runs on.
struct sd_hooks
{
    void (*block_barrier)(int line);
    unsigned long long (*warp)(sd_warp_operation operation, unsigned mask, unsigned long long value, int source_lane, int line);
    void (*fail)(int code, const char* what, unsigned line);
};

struct sd_kernel
{
    const char* name;
    void (*run)(void** arguments); // one thread
    int argument_count;
    const unsigned long* argument_sizes;
    int most_threads; // the first number of __launch_bounds__, or 1024
    char* shared_begin; // the __shared__ arrays between this kernel and the next one in the source
    char* shared_end;
};

struct sd_image
{
    const sd_kernel* kernels;
    int kernel_count;
    sd_dim3* thread;    // threadIdx and its like: written before a thread goes on
    sd_dim3* block;
    sd_dim3* block_size;
    sd_dim3* grid_size;
};

#endif
