// Copies and fills.
#include "api.h"
#include "memory.h"
#include "streams.h"
#include <cstring>
#include <vector>

namespace
{
int check(bool in_range)
{
    return in_range ? Success : refuse(InvalidValue, "a range that does not lie in one allocation on the device");
}

int copy(void* to, const void* from, size_t bytes, void* stream_handle, bool in_range)
{
    Stream* stream = find_stream(stream_handle);
    if (stream == nullptr)
    {
        return refuse(InvalidValue, "no such stream");
    }

    int code = check(in_range);
    return code != Success ? code : submit(stream, [=] { memcpy(to, from, bytes); });
}

int copy_now(void* to, const void* from, size_t bytes, bool in_range)
{
    int code = check(in_range);
    code = code != Success ? code : flush();
    return code != Success ? code : execute({[=] { memcpy(to, from, bytes); }});
}

// Whether the host's side of a copy is memory that the device cannot reach by itself, outside a capture: then the driver
// has read or written it when the call returns.
bool is_staged(const void* host, size_t bytes, void* stream_handle)
{
    Stream* stream = find_stream(stream_handle);
    return stream != nullptr && !is_capturing(stream) && !is_allocated_range(host, bytes);
}
}

SD_API cuMemcpyHtoD_v2(void* to, const void* from, size_t bytes)
{
    SD_ENTER(NeedsContext | NeedsNoCapture);
    return copy_now(to, from, bytes, is_device_range(to, bytes));
}

SD_API cuMemcpyDtoH_v2(void* to, const void* from, size_t bytes)
{
    SD_ENTER(NeedsContext | NeedsNoCapture);
    return copy_now(to, from, bytes, is_device_range(from, bytes));
}

SD_API cuMemcpyHtoDAsync_v2(void* to, const void* from, size_t bytes, void* stream)
{
    SD_ENTER(NeedsContext);
    return is_staged(from, bytes, stream) ? copy_now(to, from, bytes, is_device_range(to, bytes))
                                          : copy(to, from, bytes, stream, is_device_range(to, bytes));
}

SD_API cuMemcpyDtoHAsync_v2(void* to, const void* from, size_t bytes, void* stream)
{
    SD_ENTER(NeedsContext);
    return is_staged(to, bytes, stream) ? copy_now(to, from, bytes, is_device_range(from, bytes))
                                        : copy(to, from, bytes, stream, is_device_range(from, bytes));
}

SD_API cuMemcpyDtoDAsync_v2(void* to, const void* from, size_t bytes, void* stream)
{
    SD_ENTER(NeedsContext);
    return copy(to, from, bytes, stream, is_device_range(to, bytes) && is_device_range(from, bytes));
}

SD_API cuMemsetD8Async(void* to, unsigned char value, size_t count, void* stream_handle)
{
    SD_ENTER(NeedsContext);
    Stream* stream = find_stream(stream_handle);
    if (stream == nullptr)
    {
        return refuse(InvalidValue, "no such stream");
    }

    int code = check(is_device_range(to, count));
    return code != Success ? code : submit(stream, [=] { memset(to, value, count); });
}

SD_API cuMemsetD32Async(unsigned* to, unsigned value, size_t count, void* stream_handle)
{
    SD_ENTER(NeedsContext);
    Stream* stream = find_stream(stream_handle);
    if (stream == nullptr || ((uintptr_t)to & 3) != 0)
    {
        return refuse(InvalidValue, "no such stream, or an address that is no multiple of 4");
    }

    int code = check(is_device_range(to, count * 4));
    return code != Success ? code : submit(stream, [=]
    {
        for (size_t i = 0; i < count; i++)
        {
            to[i] = value;
        }
    });
}
