// Runs code that may touch memory it must not, and comes back with an error instead of ending the process.
#pragma once
#include <cstdint>

struct Fault
{
    int code = 0;
    int signal = 0;            // 0: raised by raise_fault
    uintptr_t address = 0;
    const char* what = "";     // only of raise_fault
    unsigned line = 0;
};

// Calls body(argument) with fault handlers installed; true when it returned, false when it faulted. What body leaves behind
// on a fault has no destructors run: it may not own anything.
bool run_guarded(void (*body)(void*), void* argument, Fault* fault);

// Ends the guarded code that is running, from any of its stacks.
[[noreturn]] void raise_fault(int code, const char* what, unsigned line);
