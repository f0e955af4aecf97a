// Work on streams: carried out at once, queued until somebody synchronizes, or recorded into a graph.
#pragma once
#include <functional>
#include <string>
#include <vector>

// One piece of work. It runs guarded, so it may own memory but must not take any while it runs.
using Operation = std::function<void()>;
using Operations = std::vector<Operation>;

struct Stream;

// The stream of a handle, or null.
Stream* find_stream(void* handle);

int submit(Stream* stream, Operation operation);
bool is_capturing(const Stream* stream);

// Runs what is queued; the error it met.
int flush();

// Runs these now; a fault becomes the error of every later call.
int execute(const Operations& operations);

// Whether this thread captures in a mode that forbids calls which a device cannot record; such a call spoils the capture.
bool forbidden_by_capture();

void destroy_all_streams();
