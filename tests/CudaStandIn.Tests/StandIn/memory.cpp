// Every allocation is a mapping of its own between pages that cannot be touched, its end close to the upper one.
#include "memory.h"
#include "api.h"
#include "streams.h"
#include <cstdio>
#include <cstring>
#include <deque>
#include <sys/mman.h>
#include <unistd.h>

namespace
{
struct Allocation
{
    char* base;      // of the mapping, lower guard page included
    size_t mapped;
    char* data;
    size_t bytes;
    bool device;
};

const size_t Alignment = 16, QuarantineLength = 64;
const size_t DeviceBytes = (size_t)8 << 30;
const unsigned char Canary[4] = {0xAD, 0xDE, 0xC0, 0xFF}; // as a float: a NaN, but not the one that fills new memory

std::map<uintptr_t, Allocation> live; // by address of the data
std::deque<Allocation> quarantine;    // freed, and kept unreadable for a while so that a late use faults
size_t device_bytes_in_use = 0;       // unlike the counter, goes back when the context is reset

size_t page()
{
    static const size_t size = (size_t)sysconf(_SC_PAGESIZE);
    return size;
}

void fill_canary(char* from, char* to)
{
    for (; from < to; from++)
    {
        *from = (char)Canary[(uintptr_t)from & 3];
    }
}

bool canary_holds(const char* from, const char* to)
{
    for (; from < to; from++)
    {
        if (*from != (char)Canary[(uintptr_t)from & 3])
        {
            return false;
        }
    }

    return true;
}

char* upper_guard(const Allocation& a)
{
    return a.base + a.mapped - page();
}

int allocate(void** result, size_t bytes, bool device)
{
    if (result == nullptr || bytes == 0)
    {
        return refuse(InvalidValue, "an allocation of no bytes");
    }

    if (bytes > DeviceBytes || (device && device_bytes_in_use + bytes > DeviceBytes))
    {
        return refuse(OutOfMemory, "the device has no " + std::to_string(bytes) + " bytes left");
    }

    size_t rounded = (bytes + Alignment - 1) & ~(Alignment - 1);
    size_t inner = (rounded + page() - 1) / page() * page();
    size_t mapped = inner + 2 * page();
    void* base = mmap(nullptr, mapped, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (base == MAP_FAILED)
    {
        return refuse(OutOfMemory, "the host has no " + std::to_string(bytes) + " bytes left");
    }

    Allocation a{(char*)base, mapped, (char*)base + page() + inner - rounded, bytes, device};
    mprotect(a.base, page(), PROT_NONE);
    mprotect(upper_guard(a), page(), PROT_NONE);
    fill_canary(a.base + page(), a.data);
    memset(a.data, 0xFF, bytes);
    fill_canary(a.data + bytes, upper_guard(a));
    live[(uintptr_t)a.data] = a;
    if (device)
    {
        state.counters.device_allocations++;
        state.counters.live_device_bytes += (long long)bytes;
        device_bytes_in_use += bytes;
    }
    else
    {
        state.counters.host_allocations++;
    }

    *result = a.data;
    return Success;
}

void retire(const Allocation& a)
{
    // Mapping anew gives the pages back and leaves the addresses taken.
    mmap(a.base, a.mapped, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED, -1, 0);
    quarantine.push_back(a);
    if (quarantine.size() > QuarantineLength)
    {
        munmap(quarantine.front().base, quarantine.front().mapped);
        quarantine.pop_front();
    }

    if (a.device)
    {
        state.counters.live_device_bytes -= (long long)a.bytes;
        device_bytes_in_use -= a.bytes;
    }
}

bool intact(const Allocation& a, std::string* where)
{
    char text[128];
    if (!canary_holds(a.data + a.bytes, upper_guard(a)))
    {
        snprintf(text, sizeof text, "bytes past the end of an allocation of %zu bytes have been written", a.bytes);
    }
    else if (!canary_holds(a.base + page(), a.data))
    {
        snprintf(text, sizeof text, "bytes before an allocation of %zu bytes have been written", a.bytes);
    }
    else
    {
        return true;
    }

    *where = text;
    return false;
}

int release(void* p, bool device)
{
    auto found = live.find((uintptr_t)p);
    if (found == live.end() || found->second.device != device)
    {
        return refuse(InvalidValue, "freeing a pointer that was not allocated, or was freed before");
    }

    std::string where;
    bool whole = intact(found->second, &where);
    retire(found->second);
    live.erase(found);
    return whole ? Success : state.sticky = refuse(IllegalAddress, where);
}

// Freed host and device memory may still be read by work that is queued: a device waits for it too.
int flush_and_release(void* p, bool device)
{
    int code = flush();
    return code != Success ? code : release(p, device);
}

const Allocation* holder(const void* p, size_t bytes)
{
    auto above = live.upper_bound((uintptr_t)p);
    if (above == live.begin())
    {
        return nullptr;
    }

    const Allocation& a = std::prev(above)->second;
    size_t offset = (size_t)((const char*)p - a.data);
    return offset <= a.bytes && bytes <= a.bytes - offset ? &a : nullptr;
}
}

bool is_device_range(const void* p, size_t bytes)
{
    const Allocation* a = holder(p, bytes);
    return a != nullptr && a->device;
}

bool is_allocated_range(const void* p, size_t bytes)
{
    return holder(p, bytes) != nullptr;
}

bool canaries_hold(std::string* where)
{
    for (const auto& entry : live)
    {
        if (!intact(entry.second, where))
        {
            return false;
        }
    }

    return true;
}

std::string describe_address(uintptr_t address)
{
    char text[192];
    for (const auto& entry : live)
    {
        const Allocation& a = entry.second;
        if (address - (uintptr_t)a.base < a.mapped)
        {
            long long end = (long long)(address - (uintptr_t)(a.data + a.bytes)), start = (long long)(address - (uintptr_t)a.data);
            snprintf(text, sizeof text, "%lld bytes %s of an allocation of %zu bytes", start < 0 ? -start : end, start < 0 ? "before the start" : "past the end", a.bytes);
            return text;
        }
    }

    for (const Allocation& a : quarantine)
    {
        if (address - (uintptr_t)a.base < a.mapped)
        {
            snprintf(text, sizeof text, "in an allocation of %zu bytes that has been freed", a.bytes);
            return text;
        }
    }

    snprintf(text, sizeof text, "address 0x%llx, near no allocation", (unsigned long long)address);
    return text;
}

void free_all_memory()
{
    for (const auto& entry : live)
    {
        retire(entry.second);
    }

    live.clear();
}

SD_API cuMemAlloc_v2(void** result, size_t bytes)
{
    SD_ENTER(NeedsContext | NeedsNoCapture);
    return allocate(result, bytes, true);
}

SD_API cuMemFree_v2(void* p)
{
    SD_ENTER(NeedsContext | NeedsNoCapture);
    return flush_and_release(p, true);
}

SD_API cuMemAllocHost_v2(void** result, size_t bytes)
{
    SD_ENTER(NeedsContext | NeedsNoCapture);
    return allocate(result, bytes, false);
}

SD_API cuMemHostAlloc(void** result, size_t bytes, unsigned)
{
    SD_ENTER(NeedsContext | NeedsNoCapture);
    return allocate(result, bytes, false);
}

SD_API cuMemFreeHost(void* p)
{
    SD_ENTER(NeedsContext | NeedsNoCapture);
    return flush_and_release(p, false);
}

SD_API cuMemGetInfo_v2(size_t* free_bytes, size_t* total)
{
    SD_ENTER(NeedsContext);
    *free_bytes = DeviceBytes - device_bytes_in_use;
    *total = DeviceBytes;
    return Success;
}

SD_API cuDeviceTotalMem_v2(size_t* total, int device)
{
    SD_ENTER(NeedsInit);
    *total = DeviceBytes;
    return device == 0 ? Success : refuse(InvalidDevice, "there is one device");
}
