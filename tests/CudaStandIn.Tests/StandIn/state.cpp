// The state of the stand-in, the checks at the entry of every export, and the exports that only tests know.
#include "api.h"
#include "streams.h"
#include <cstdlib>
#include <cstring>

State state;

static const bool configured = []
{
    const char* order = getenv("SD_STANDIN_ORDER");
    state.reverse = order != nullptr && strcmp(order, "reverse") == 0;
    const char* deferred = getenv("SD_STANDIN_DEFERRED");
    state.deferred = deferred != nullptr && strcmp(deferred, "1") == 0;
    return true;
}();

void*& current_context()
{
    static thread_local void* context = nullptr;
    return context;
}

int refuse(int code, const std::string& message)
{
    state.message = message;
    return code;
}

Call::Call(const char* api, unsigned needs) : held(state.lock)
{
    auto failure = state.failures.find(api);
    if (failure != state.failures.end() && failure->second.skip-- == 0)
    {
        refused = refuse(failure->second.code, std::string(api) + " was told to fail");
        state.failures.erase(failure);
    }
    else if ((needs & (NeedsInit | NeedsContext)) != 0 && !state.initialized)
    {
        refused = refuse(NotInitialized, std::string(api) + " before cuInit");
    }
    else if ((needs & NeedsContext) != 0 && state.sticky != Success)
    {
        refused = state.sticky; // the message still tells of the first fault
    }
    else if ((needs & NeedsContext) != 0 && current_context() == nullptr)
    {
        refused = refuse(InvalidContext, std::string(api) + " on a thread without a current context");
    }
    else if ((needs & NeedsContext) != 0 && state.context_references == 0)
    {
        refused = refuse(ContextDestroyed, std::string(api) + " after the last release of the context");
    }
    else if ((needs & NeedsNoCapture) != 0 && forbidden_by_capture())
    {
        refused = refuse(CaptureUnsupported, std::string(api) + " while a stream captures");
    }
}

SD_EXPORT void sdstandin_counters(long long* six)
{
    std::lock_guard<std::mutex> held(state.lock);
    memcpy(six, &state.counters, sizeof state.counters);
}

// Memory that is still allocated stays counted: it is a state, not an event.
SD_EXPORT void sdstandin_reset_counters()
{
    std::lock_guard<std::mutex> held(state.lock);
    long long live = state.counters.live_device_bytes;
    state.counters = {};
    state.counters.live_device_bytes = live;
}

// Lets the call of the named export fail that comes after `skip` others.
SD_EXPORT void sdstandin_fail_after(const char* api, int skip, int code)
{
    std::lock_guard<std::mutex> held(state.lock);
    state.failures[api] = {skip, code};
}

SD_EXPORT void sdstandin_fail_next(const char* api, int code)
{
    sdstandin_fail_after(api, 0, code);
}

// The environment is read once, and .NET does not write to it: tests in the same process set the order here.
SD_EXPORT void sdstandin_set_reverse(int reverse)
{
    std::lock_guard<std::mutex> held(state.lock);
    state.reverse = reverse != 0;
}

SD_EXPORT void sdstandin_set_deferred(int deferred)
{
    std::lock_guard<std::mutex> held(state.lock);
    flush();
    state.deferred = deferred != 0;
}

// The last refusal in words; copies at most `size` bytes, terminated.
SD_EXPORT void sdstandin_last_message(char* text, size_t size)
{
    std::lock_guard<std::mutex> held(state.lock);
    if (size > 0)
    {
        size_t n = state.message.size() < size - 1 ? state.message.size() : size - 1;
        memcpy(text, state.message.data(), n);
        text[n] = 0;
    }
}
