#include "streams.h"
#include "api.h"
#include "block_runner.h"
#include "fault_guard.h"
#include "graphs.h"
#include "memory.h"
#include <ctime>
#include <memory>
#include <set>
#include <thread>

struct Stream
{
    bool captured = false;
    bool joined = true;   // what it recorded is waited for by another stream of the capture
    unsigned version = 0; // grows with every recorded piece of work
};

namespace
{
struct Event
{
    bool timed;
    bool recorded = false, reached = false;
    double time = 0;
    Stream* of = nullptr; // while capturing: where it was recorded
    unsigned version = 0;
};

struct Capture
{
    bool active = false, spoiled = false;
    int mode = 0;
    std::thread::id thread;
    Stream* origin = nullptr;
    Operations recorded;
};

std::map<Stream*, std::unique_ptr<Stream>> streams;
std::map<Event*, std::shared_ptr<Event>> events;
Operations queue;
Capture capture;

void end_capture()
{
    capture = {};
    for (auto& entry : streams)
    {
        entry.first->captured = false;
        entry.first->joined = true;
    }

    for (auto& entry : events)
    {
        entry.first->of = nullptr;
    }
}

double now_in_milliseconds()
{
    timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1e3 + t.tv_nsec * 1e-6;
}

void run_all(void* operations)
{
    for (const Operation& operation : *(const Operations*)operations)
    {
        operation();
    }
}

std::shared_ptr<Event> find_event(void* handle)
{
    auto found = events.find((Event*)handle);
    return found == events.end() ? nullptr : found->second;
}

int synchronize()
{
    int code = flush();
    std::string where;
    if (code == Success && !canaries_hold(&where))
    {
        code = state.sticky = refuse(IllegalAddress, where);
    }

    return code;
}

// Everything runs in the order in which it was handed in, so waiting for one stream may as well be waiting for all.
int synchronize(const Stream* stream)
{
    if (stream->captured)
    {
        capture.spoiled = true;
        return refuse(CaptureUnsupported, "synchronizing with a stream that captures");
    }

    return synchronize();
}
}

Stream* find_stream(void* handle)
{
    auto found = streams.find((Stream*)handle);
    return found == streams.end() ? nullptr : found->second.get();
}

bool is_capturing(const Stream* stream)
{
    return stream->captured;
}

bool forbidden_by_capture()
{
    bool forbidden = capture.active && capture.mode != 2 && (capture.mode == 0 || capture.thread == std::this_thread::get_id());
    capture.spoiled |= forbidden;
    return forbidden;
}

int execute(const Operations& operations)
{
    Fault fault;
    if (run_guarded(run_all, (void*)&operations, &fault))
    {
        return Success;
    }

    std::string text;
    if (fault.signal == 0)
    {
        text = fault.what + (fault.line == 0 ? std::string() : ", line " + std::to_string(fault.line));
    }
    else if (fault.code != IllegalAddress)
    {
        text = "an instruction that traps, such as an integer division by zero";
    }
    else if (is_fibre_stack(fault.address))
    {
        fault.code = LaunchFailed;
        text = "the stack of a thread overflowed";
    }
    else
    {
        text = "touched memory " + describe_address(fault.address);
    }

    std::string place = abandon_grid();
    return state.sticky = refuse(fault.code, place.empty() ? text : place + ": " + text);
}

int flush()
{
    Operations work;
    work.swap(queue); // also after a fault: what stood behind it never runs
    return state.sticky != Success || work.empty() ? state.sticky : execute(work);
}

int submit(Stream* stream, Operation operation)
{
    if (stream->captured)
    {
        stream->version++;
        stream->joined = false;
        capture.recorded.push_back(std::move(operation));
        return Success;
    }

    if (state.deferred)
    {
        queue.push_back(std::move(operation));
        return Success;
    }

    return execute({std::move(operation)});
}

void destroy_all_streams()
{
    end_capture();
    queue.clear();
    streams.clear();
    events.clear();
}

SD_API cuStreamCreate(void** result, unsigned)
{
    SD_ENTER(NeedsContext);
    auto stream = std::make_unique<Stream>();
    *result = stream.get();
    streams[stream.get()] = std::move(stream);
    return Success;
}

SD_API cuStreamDestroy_v2(void* handle)
{
    SD_ENTER(NeedsContext);
    Stream* stream = find_stream(handle);
    if (stream == nullptr)
    {
        return refuse(InvalidValue, "no such stream");
    }

    if (stream->captured)
    {
        end_capture();
    }

    int code = flush();
    streams.erase(stream);
    return code;
}

SD_API cuStreamSynchronize(void* handle)
{
    SD_ENTER(NeedsContext);
    Stream* stream = find_stream(handle);
    return stream == nullptr ? refuse(InvalidValue, "no such stream") : synchronize(stream);
}

SD_API cuStreamBeginCapture_v2(void* handle, int mode)
{
    SD_ENTER(NeedsContext);
    Stream* stream = find_stream(handle);
    if (stream == nullptr || mode < 0 || mode > 2)
    {
        return refuse(InvalidValue, "no such stream, or no such mode");
    }

    if (capture.active)
    {
        return refuse(CaptureUnsupported, "a stream captures already; the stand-in records one graph at a time");
    }

    capture.active = true;
    capture.mode = mode;
    capture.thread = std::this_thread::get_id();
    capture.origin = stream;
    stream->captured = true;
    return Success;
}

SD_API cuStreamEndCapture(void* handle, void** graph)
{
    SD_ENTER(NeedsContext);
    Stream* stream = find_stream(handle);
    if (stream == nullptr || !capture.active || stream != capture.origin)
    {
        return refuse(InvalidValue, "this stream did not begin a capture");
    }

    *graph = nullptr;
    if (capture.mode != 2 && capture.thread != std::this_thread::get_id())
    {
        return refuse(CaptureWrongThread, "another thread began this capture");
    }

    int code = capture.spoiled ? refuse(CaptureInvalidated, "a call that cannot be recorded spoiled the capture") : Success;
    for (auto& entry : streams)
    {
        if (code == Success && entry.first->captured && entry.first != stream && !entry.first->joined)
        {
            code = refuse(CaptureUnjoined, "a stream that joined the capture has work that the first stream does not wait for");
        }
    }

    if (code == Success)
    {
        *graph = make_graph(std::move(capture.recorded));
    }

    end_capture();
    return code;
}

SD_API cuStreamWaitEvent(void* handle, void* event_handle, unsigned)
{
    SD_ENTER(NeedsContext);
    Stream* stream = find_stream(handle);
    auto event = find_event(event_handle);
    if (stream == nullptr || event == nullptr)
    {
        return refuse(InvalidValue, "no such stream, or no such event");
    }

    if (event->of != nullptr)
    {
        // Waiting for a recorded event brings a stream into the capture, or joins the other one.
        if (!stream->captured)
        {
            stream->captured = true;
            stream->joined = false;
        }

        event->of->joined |= event->version == event->of->version && event->of != stream;
    }

    // Otherwise nothing: work that was handed in before runs before.
    return Success;
}

SD_API cuEventCreate(void** result, unsigned flags)
{
    SD_ENTER(NeedsContext);
    auto event = std::make_shared<Event>();
    event->timed = (flags & 2) == 0;
    *result = event.get();
    events[event.get()] = event;
    return Success;
}

SD_API cuEventRecord(void* handle, void* stream_handle)
{
    SD_ENTER(NeedsContext);
    auto event = find_event(handle);
    Stream* stream = find_stream(stream_handle);
    if (event == nullptr || stream == nullptr)
    {
        return refuse(InvalidValue, "no such stream, or no such event");
    }

    if (stream->captured)
    {
        event->of = stream;
        event->version = stream->version;
        return Success;
    }

    event->recorded = true;
    event->reached = false;
    return submit(stream, [event]
    {
        event->time = now_in_milliseconds();
        event->reached = true;
    });
}

SD_API cuEventSynchronize(void* handle)
{
    SD_ENTER(NeedsContext | NeedsNoCapture);
    return find_event(handle) == nullptr ? refuse(InvalidValue, "no such event") : synchronize();
}

SD_API cuEventElapsedTime(float* milliseconds, void* from_handle, void* to_handle)
{
    SD_ENTER(NeedsContext);
    auto from = find_event(from_handle), to = find_event(to_handle);
    if (from == nullptr || to == nullptr || !from->timed || !to->timed || !from->recorded || !to->recorded)
    {
        return refuse(InvalidHandle, "an event that is unknown, was not recorded, or does not take the time");
    }

    if (!from->reached || !to->reached)
    {
        return refuse(NotReady, "an event that has not been reached");
    }

    *milliseconds = (float)(to->time - from->time);
    return Success;
}

SD_API cuEventDestroy_v2(void* handle)
{
    SD_ENTER(NeedsContext);
    return events.erase((Event*)handle) == 1 ? Success : refuse(InvalidValue, "no such event");
}
