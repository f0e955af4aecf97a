// What the files of the stand-in share: error codes, the entry into every exported function, and the state of the "device".
#pragma once
#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>

#define SD_EXPORT extern "C" __attribute__((visibility("default")))
#define SD_API SD_EXPORT int

enum Error : int
{
    Success = 0,
    InvalidValue = 1,
    OutOfMemory = 2,
    NotInitialized = 3,
    InvalidDevice = 101,
    InvalidImage = 200,
    InvalidContext = 201,
    InvalidHandle = 400,
    NotFound = 500,
    NotReady = 600,
    IllegalAddress = 700,
    ContextDestroyed = 709,
    MisalignedAddress = 716,
    LaunchFailed = 719,
    NotSupported = 801,
    CaptureUnsupported = 900,
    CaptureInvalidated = 901,
    CaptureUnjoined = 904,
    CaptureWrongThread = 908,
};

struct Counters
{
    long long device_allocations, host_allocations, live_device_bytes, kernel_launches, graph_launches, compilations;
};

struct State
{
    std::mutex lock; // every export holds it: one device, one call at a time
    bool initialized = false;
    int context_references = 0;
    bool reverse = false;  // blocks, warps and lanes from the last to the first
    bool deferred = false; // work waits in a queue until somebody synchronizes
    int sticky = Success;  // after a fault every call fails until the context is reset, as on a device
    std::string message;   // what went wrong last, in words
    Counters counters{};
    struct Failure
    {
        int skip, code;
    };
    std::map<std::string, Failure> failures; // set by sdstandin_fail_next
};

extern State state;

// Notes what went wrong, in words, and hands the code through.
int refuse(int code, const std::string& message);

// The context that is current on this thread: real drivers have one for each thread, and forgetting to set it is a common mistake.
void*& current_context();

enum Needs : unsigned
{
    NeedsNothing = 0,
    NeedsInit = 1,
    NeedsContext = 2,    // initialized, a current context, and no fault so far
    NeedsNoCapture = 4,  // may not be called by a thread that captures
};

struct Call
{
    Call(const char* api, unsigned needs);
    std::lock_guard<std::mutex> held;
    int refused = Success;
};

#define SD_ENTER(needs)                 \
    Call sd_call_(__func__, (needs));   \
    if (sd_call_.refused != Success)    \
        return sd_call_.refused
