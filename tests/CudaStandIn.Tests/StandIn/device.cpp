// The one device, its primary context, and the texts of errors.
#include "api.h"
#include "graphs.h"
#include "memory.h"
#include "modules.h"
#include "streams.h"
#include <cstring>

namespace
{
char context; // its address is the handle

void destroy_context_content()
{
    destroy_all_streams();
    destroy_all_graphs();
    unload_all_modules();
    free_all_memory();
    state.sticky = Success;
}

struct ErrorText
{
    int code;
    const char *name, *text;
};

const ErrorText Errors[] = {
    {Success, "CUDA_SUCCESS", "no error"},
    {InvalidValue, "CUDA_ERROR_INVALID_VALUE", "invalid argument"},
    {OutOfMemory, "CUDA_ERROR_OUT_OF_MEMORY", "out of memory"},
    {NotInitialized, "CUDA_ERROR_NOT_INITIALIZED", "initialization error"},
    {InvalidDevice, "CUDA_ERROR_INVALID_DEVICE", "invalid device ordinal"},
    {InvalidImage, "CUDA_ERROR_INVALID_IMAGE", "device kernel image is invalid"},
    {InvalidContext, "CUDA_ERROR_INVALID_CONTEXT", "invalid device context"},
    {InvalidHandle, "CUDA_ERROR_INVALID_HANDLE", "invalid resource handle"},
    {NotFound, "CUDA_ERROR_NOT_FOUND", "named symbol not found"},
    {NotReady, "CUDA_ERROR_NOT_READY", "device not ready"},
    {IllegalAddress, "CUDA_ERROR_ILLEGAL_ADDRESS", "an illegal memory access was encountered"},
    {ContextDestroyed, "CUDA_ERROR_CONTEXT_IS_DESTROYED", "context is destroyed"},
    {MisalignedAddress, "CUDA_ERROR_MISALIGNED_ADDRESS", "misaligned address"},
    {LaunchFailed, "CUDA_ERROR_LAUNCH_FAILED", "unspecified launch failure"},
    {NotSupported, "CUDA_ERROR_NOT_SUPPORTED", "operation not supported"},
    {CaptureUnsupported, "CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED", "operation not permitted when stream is capturing"},
    {CaptureInvalidated, "CUDA_ERROR_STREAM_CAPTURE_INVALIDATED", "operation failed due to a previous error during capture"},
    {CaptureUnjoined, "CUDA_ERROR_STREAM_CAPTURE_UNJOINED", "capturing stream has unjoined work"},
    {CaptureWrongThread, "CUDA_ERROR_STREAM_CAPTURE_WRONG_THREAD", "attempt to terminate a thread-local capture sequence from another thread"},
};

const ErrorText* find_error(int code)
{
    for (const ErrorText& error : Errors)
    {
        if (error.code == code)
        {
            return &error;
        }
    }

    return nullptr;
}

int check_device(int device)
{
    return device == 0 ? Success : refuse(InvalidDevice, "there is one device");
}
}

SD_API cuInit(unsigned flags)
{
    SD_ENTER(NeedsNothing);
    state.initialized |= flags == 0;
    return flags == 0 ? Success : refuse(InvalidValue, "cuInit knows no flags");
}

SD_API cuDriverGetVersion(int* version)
{
    SD_ENTER(NeedsNothing);
    *version = 13000;
    return Success;
}

SD_API cuDeviceGetCount(int* count)
{
    SD_ENTER(NeedsInit);
    *count = 1;
    return Success;
}

SD_API cuDeviceGet(int* device, int ordinal)
{
    SD_ENTER(NeedsInit);
    *device = 0;
    return check_device(ordinal);
}

SD_API cuDeviceGetName(char* name, int length, int device)
{
    SD_ENTER(NeedsInit);
    if (length <= 0)
    {
        return refuse(InvalidValue, "no room for a name");
    }

    strncpy(name, "CPU stand-in", (size_t)length);
    name[length - 1] = 0;
    return check_device(device);
}

SD_API cuDeviceGetAttribute(int* value, int attribute, int device)
{
    SD_ENTER(NeedsInit);
    static const std::map<int, int> values = {
        {1, 1024}, {2, 1024}, {3, 1024}, {4, 64},                 // threads of a block, and its sizes
        {5, 2147483647}, {6, 65535}, {7, 65535},                  // sizes of the grid
        {8, 49152}, {9, 65536}, {10, 32}, {12, 65536},            // shared and constant bytes, lanes of a warp, registers
        {13, 1980000}, {16, 132}, {18, 0}, {31, 1},               // kHz, multiprocessors, integrated, concurrent kernels
        {36, 2619000}, {37, 5120}, {38, 52428800}, {39, 2048},    // memory, second-level cache, threads of a multiprocessor
        {41, 1}, {75, 9}, {76, 0}, {81, 233472}, {82, 65536},     // unified addressing, compute capability 9.0
        {95, 0}, {97, 232448}, {106, 32},                         // no cooperative launch; shared bytes on request; blocks
    };
    auto found = values.find(attribute);
    if (found == values.end())
    {
        return refuse(InvalidValue, "the stand-in does not know device attribute " + std::to_string(attribute));
    }

    *value = found->second;
    return check_device(device);
}

SD_API cuDevicePrimaryCtxRetain(void** result, int device)
{
    SD_ENTER(NeedsInit);
    int code = check_device(device);
    if (code == Success)
    {
        state.context_references++;
        *result = &context;
    }

    return code;
}

SD_API cuDevicePrimaryCtxRelease_v2(int device)
{
    SD_ENTER(NeedsInit);
    int code = check_device(device);
    if (code == Success && state.context_references == 0)
    {
        code = refuse(InvalidContext, "the primary context is released more often than retained");
    }

    if (code == Success && --state.context_references == 0)
    {
        destroy_context_content();
    }

    return code;
}

SD_API cuDevicePrimaryCtxReset_v2(int device)
{
    SD_ENTER(NeedsInit);
    destroy_context_content();
    return check_device(device);
}

SD_API cuCtxSetCurrent(void* handle)
{
    SD_ENTER(NeedsInit);
    if (handle != nullptr && (handle != &context || state.context_references == 0))
    {
        return refuse(InvalidContext, "no such context");
    }

    current_context() = handle;
    return Success;
}

SD_API cuCtxGetCurrent(void** handle)
{
    SD_ENTER(NeedsInit);
    *handle = current_context();
    return Success;
}

SD_API cuGetErrorName(int code, const char** name)
{
    SD_ENTER(NeedsNothing);
    const ErrorText* error = find_error(code);
    *name = error == nullptr ? nullptr : error->name;
    return error == nullptr ? InvalidValue : Success;
}

SD_API cuGetErrorString(int code, const char** text)
{
    SD_ENTER(NeedsNothing);
    const ErrorText* error = find_error(code);
    *text = error == nullptr ? nullptr : error->text;
    return error == nullptr ? InvalidValue : Success;
}
