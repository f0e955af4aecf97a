#include "fault_guard.h"
#include "api.h"
#include <csetjmp>
#include <csignal>
#include <cstdlib>
#include <sys/mman.h>

namespace
{
const int Signals[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL};
const int SignalCount = 4;
const size_t AlternateSize = 64 * 1024;

struct sigaction previous[SignalCount];
sigjmp_buf back;
Fault seen;

// Handlers belong to the whole process, so a fault of any other thread has to reach the handler that was there before:
// .NET turns its own into NullReferenceException. Initial-exec, because a signal handler may not allocate.
__attribute__((tls_model("initial-exec"))) thread_local volatile sig_atomic_t guarded = 0;

void pass_on(int signal, siginfo_t* info, void* context)
{
    for (int i = 0; i < SignalCount; i++)
    {
        if (Signals[i] != signal)
        {
            continue;
        }

        if ((previous[i].sa_flags & SA_SIGINFO) != 0)
        {
            previous[i].sa_sigaction(signal, info, context);
        }
        else if (previous[i].sa_handler == SIG_DFL || previous[i].sa_handler == SIG_IGN)
        {
            sigaction(signal, &previous[i], nullptr); // the fault comes again when this returns, and now ends the process
        }
        else
        {
            previous[i].sa_handler(signal);
        }
    }
}

void on_fault(int signal, siginfo_t* info, void* context)
{
    if (!guarded)
    {
        pass_on(signal, info, context);
        return;
    }

    seen = {};
    seen.signal = signal;
    seen.code = signal == SIGSEGV || signal == SIGBUS ? IllegalAddress : LaunchFailed;
    seen.address = (uintptr_t)info->si_addr;
    siglongjmp(back, 1);
}
}

bool run_guarded(void (*body)(void*), void* argument, Fault* fault)
{
    // Its own stack for the handler: a kernel that overflows its fibre's stack has none left.
    static char* alternate = (char*)mmap(nullptr, AlternateSize, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    stack_t own{}, old{};
    own.ss_sp = alternate;
    own.ss_size = AlternateSize;
    sigaltstack(&own, &old);

    struct sigaction action{};
    action.sa_sigaction = on_fault;
    action.sa_flags = SA_SIGINFO | SA_ONSTACK;
    sigemptyset(&action.sa_mask);
    for (int i = 0; i < SignalCount; i++)
    {
        sigaction(Signals[i], &action, &previous[i]);
    }

    volatile bool returned = false;
    if (sigsetjmp(back, 1) == 0)
    {
        guarded = 1;
        body(argument);
        returned = true;
    }

    guarded = 0;
    for (int i = 0; i < SignalCount; i++)
    {
        sigaction(Signals[i], &previous[i], nullptr);
    }

    sigaltstack(&old, nullptr);
    if (!returned)
    {
        *fault = seen;
    }

    return returned;
}

void raise_fault(int code, const char* what, unsigned line)
{
    if (!guarded)
    {
        abort();
    }

    seen = {};
    seen.code = code;
    seen.what = what;
    seen.line = line;
    siglongjmp(back, 1);
}
