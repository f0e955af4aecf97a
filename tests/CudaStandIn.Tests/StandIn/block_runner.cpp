#include "block_runner.h"
#include "api.h"
#include "fault_guard.h"
#include <csetjmp>
#include <cstdio>
#include <cstring>
#include <sys/mman.h>
#include <ucontext.h>

namespace
{
const size_t StackSize = 128 * 1024; // reserved; pages come when they are touched
const size_t GuardSize = 4096;
const int MostThreads = 1024, WarpSize = 32;

struct Fibre
{
    jmp_buf context;
    char* stack = nullptr; // the guard page comes first
    bool entered = false;
};

enum class Stage : unsigned char
{
    Fresh,
    Ready,
    AtBarrier,
    InWarp,
    Done
};

struct Thread
{
    Stage stage;
    sd_warp_operation operation;
    int line;
    int source;
    unsigned mask;
    unsigned long long value; // offered to the warp; then what came back
    Fibre* fibre;
};

Fibre fibres[MostThreads];
Fibre* idle[MostThreads];
int idle_count = 0, fibre_count = 0;
Thread threads[MostThreads];
sd_dim3 positions[MostThreads];
jmp_buf scheduler;

const sd_image* image;
const sd_kernel* kernel;
void** arguments;
int thread_count, live, running; // running: the index of the thread whose code runs
bool reverse, inside = false;

int last_of_warp(int first)
{
    return (first + WarpSize < thread_count ? first + WarpSize : thread_count) - 1;
}

// The thread after t in the order in which a warp is run, or -1.
int after(int t)
{
    int first = t & ~(WarpSize - 1);
    return reverse ? (t > first ? t - 1 : -1) : (t < last_of_warp(first) ? t + 1 : -1);
}

void enter(int t)
{
    running = t;
    *image->thread = positions[t];
}

// Leaves the fibre of a thread: straight to the next thread of the warp where that one only has to go on.
[[noreturn]] void leave(int t)
{
    int next = after(t);
    if (next >= 0 && threads[next].stage == Stage::Ready)
    {
        enter(next);
        _longjmp(threads[next].fibre->context, 1);
    }

    _longjmp(scheduler, 1);
}

// What every fibre does for ever: run a thread; when it ends without waiting, the next one goes on with the same stack.
void fibre_main(unsigned low, unsigned high)
{
    Fibre* self = (Fibre*)(((unsigned long)high << 32) | low);
    for (;;)
    {
        threads[running].fibre = self;
        kernel->run(arguments);
        threads[running].stage = Stage::Done;
        live--;
        int next = after(running);
        if (next >= 0 && threads[next].stage == Stage::Fresh)
        {
            enter(next);
            continue;
        }

        idle[idle_count++] = self;
        if (_setjmp(self->context) == 0)
        {
            leave(running);
        }
    }
}

void resume(Fibre* fibre)
{
    if (_setjmp(scheduler) != 0)
    {
        return;
    }

    if (fibre->entered)
    {
        _longjmp(fibre->context, 1);
    }

    // The first entry; from then on only the cheap jumps, which make no system call.
    fibre->entered = true;
    ucontext_t context;
    getcontext(&context);
    context.uc_stack.ss_sp = fibre->stack + GuardSize;
    // Tops at different offsets in their pages, or all of them would compete for the same few lines of the cache.
    context.uc_stack.ss_size = StackSize - (size_t)(fibre - fibres) % 16 * 256;
    context.uc_link = nullptr;
    unsigned long address = (unsigned long)fibre;
    makecontext(&context, (void (*)())fibre_main, 2, (unsigned)address, (unsigned)(address >> 32));
    setcontext(&context);
}

Fibre* take_fibre()
{
    if (idle_count > 0)
    {
        return idle[--idle_count];
    }

    Fibre* fibre = &fibres[fibre_count++];
    if (fibre->stack == nullptr)
    {
        void* stack = mmap(nullptr, GuardSize + StackSize, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
        if (stack == MAP_FAILED)
        {
            raise_fault(OutOfMemory, "no memory for the stack of a thread", 0);
        }

        mprotect(stack, GuardSize, PROT_NONE);
        fibre->stack = (char*)stack;
    }

    return fibre;
}

void wait(Thread& self)
{
    if (_setjmp(self.fibre->context) == 0)
    {
        leave(running);
    }
}

void block_barrier(int line)
{
    Thread& self = threads[running];
    self.stage = Stage::AtBarrier;
    self.line = line;
    wait(self);
}

unsigned long long warp_operation(sd_warp_operation operation, unsigned mask, unsigned long long value, int source, int line)
{
    int t = running;
    Thread& self = threads[t];
    if ((mask >> (t & (WarpSize - 1)) & 1) == 0)
    {
        raise_fault(LaunchFailed, "a thread calls a warp function whose mask leaves it out", (unsigned)line);
    }

    self.operation = operation;
    self.mask = mask;
    self.value = value;
    self.source = source;
    self.line = line;
    self.stage = Stage::InWarp;
    wait(self);
    return self.value;
}

// Lets the lanes go on that called the same warp function with the same mask, once no lane of that mask is missing.
bool release_group(int first, int count, int t)
{
    sd_warp_operation operation = threads[t].operation;
    unsigned mask = threads[t].mask, group = 0, ballot = 0;
    unsigned long long offered[WarpSize];
    memset(offered, 0xFF, sizeof offered); // what is read from a lane that does not take part
    for (int lane = 0; lane < count; lane++)
    {
        const Thread& other = threads[first + lane];
        if ((mask >> lane & 1) == 0 || other.stage == Stage::Done)
        {
            continue; // a thread that has ended takes part in nothing
        }

        if (other.stage != Stage::InWarp || other.operation != operation || other.mask != mask)
        {
            return false;
        }

        group |= 1u << lane;
        ballot |= (unsigned)(other.value & 1) << lane;
        offered[lane] = other.value;
    }

    for (int lane = 0; lane < count; lane++)
    {
        if ((group >> lane & 1) != 0)
        {
            Thread& other = threads[first + lane];
            other.value = operation == sd_warp_ballot ? ballot : offered[other.source & (WarpSize - 1)];
            other.stage = Stage::Ready;
        }
    }

    return true;
}

// Runs the threads of a warp until each has ended or waits for the block.
void run_warp(int first)
{
    int last = last_of_warp(first), count = last - first + 1;
    for (bool again = true; again;)
    {
        for (int t = reverse ? last : first; t >= 0; t = after(t))
        {
            if (threads[t].stage == Stage::Fresh)
            {
                enter(t);
                resume(take_fibre());
            }
            else if (threads[t].stage == Stage::Ready)
            {
                enter(t);
                resume(threads[t].fibre);
            }
        }

        again = false;
        for (int t = first; t <= last; t++)
        {
            again |= threads[t].stage == Stage::InWarp && release_group(first, count, t);
        }
    }
}

// Every thread of the block must stand at the same barrier: more is asked here than a device asks, which counts only
// the threads that have not ended, because CUDA leaves the rest undefined.
void release_barrier()
{
    int line = -1;
    for (int t = 0; t < thread_count; t++)
    {
        const Thread& thread = threads[t];
        if (thread.stage == Stage::InWarp)
        {
            raise_fault(LaunchFailed, "a thread waits in a warp function for lanes that do not come", (unsigned)thread.line);
        }

        if (thread.stage == Stage::AtBarrier)
        {
            if (line >= 0 && line != thread.line)
            {
                raise_fault(LaunchFailed, "threads of one block wait at different __syncthreads", (unsigned)thread.line);
            }

            line = thread.line;
        }
    }

    if (live < thread_count)
    {
        raise_fault(LaunchFailed, "a __syncthreads is not reached by threads that have ended", (unsigned)line);
    }

    for (int t = 0; t < thread_count; t++)
    {
        threads[t].stage = Stage::Ready;
    }
}

void run_block()
{
    // NaN, so that what is read before it is written shows.
    memset(kernel->shared_begin, 0xFF, (size_t)(kernel->shared_end - kernel->shared_begin));
    for (int t = 0; t < thread_count; t++)
    {
        threads[t].stage = Stage::Fresh;
    }

    live = thread_count;
    int warps = (thread_count + WarpSize - 1) / WarpSize;
    for (;;)
    {
        for (int w = 0; w < warps; w++)
        {
            run_warp((reverse ? warps - 1 - w : w) * WarpSize);
        }

        if (live == 0)
        {
            return;
        }

        release_barrier();
    }
}
}

const sd_hooks block_hooks = {block_barrier, warp_operation, raise_fault};

void run_grid(const sd_image* on, const sd_kernel* what, sd_dim3 grid, sd_dim3 block, bool backwards, void** with)
{
    image = on;
    kernel = what;
    arguments = with;
    reverse = backwards;
    thread_count = (int)(block.x * block.y * block.z);
    for (int t = 0; t < thread_count; t++)
    {
        positions[t] = {t % block.x, t / block.x % block.y, t / block.x / block.y};
    }

    *image->grid_size = grid;
    *image->block_size = block;
    inside = true;
    unsigned long blocks = (unsigned long)grid.x * grid.y * grid.z;
    for (unsigned long i = 0; i < blocks; i++)
    {
        unsigned long b = reverse ? blocks - 1 - i : i;
        *image->block = {(unsigned)(b % grid.x), (unsigned)(b / grid.x % grid.y), (unsigned)(b / grid.x / grid.y)};
        run_block();
    }

    inside = false;
}

std::string abandon_grid()
{
    if (!inside)
    {
        return "";
    }

    inside = false;
    idle_count = 0;
    fibre_count = 0;
    for (Fibre& fibre : fibres)
    {
        fibre.entered = false;
    }

    char text[256];
    sd_dim3 b = *image->block, t = positions[running];
    snprintf(text, sizeof text, "kernel %s, block (%u, %u, %u), thread (%u, %u, %u)", kernel->name, b.x, b.y, b.z, t.x, t.y, t.z);
    return text;
}

bool is_fibre_stack(unsigned long address)
{
    for (const Fibre& fibre : fibres)
    {
        if (fibre.stack != nullptr && address - (unsigned long)fibre.stack < GuardSize + StackSize)
        {
            return true;
        }
    }

    return false;
}
