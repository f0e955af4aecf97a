using System.Threading;

namespace SdCompiler.Runtime;

/// <summary>Waits for a counter to change: spins for a few microseconds, then offers the processor to others, then sleeps until it is woken.</summary>
/// <remarks>
/// Steps are short, so that sleeping at once would cost more than the work; another process may need the core, so that spinning for long
/// would cost even more: the lane that everybody waits for may be the one that was descheduled. Nothing here allocates.
/// </remarks>
internal sealed class PatientWait
{
    private const int YieldRounds = 300;
    private readonly object gate = new();
    private readonly int spinRounds;
    private volatile int value;
    private int sleepers;

    /// <param name="spinRounds">Rounds of about 20 ns each before the first yield; 0 where there are more lanes than processors.</param>
    public PatientWait(int spinRounds) => this.spinRounds = spinRounds;

    public int Value => value;

    /// <summary>Changes the counter and wakes whoever sleeps. Only one thread at a time may call it.</summary>
    public void Advance()
    {
        value++;
        // Either this thread sees the sleeper, or the sleeper (which raises the count before it looks) sees the new value.
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref sleepers) > 0)
        {
            lock (gate)
            {
                Monitor.PulseAll(gate);
            }
        }
    }

    /// <summary>Returns as soon as the counter differs from what was seen; what was written before the change is visible then.</summary>
    public void WaitWhile(int seen)
    {
        for (int i = 0; i < spinRounds; i++)
        {
            if (value != seen)
            {
                return;
            }

            Thread.SpinWait(1);
        }

        for (int i = 0; i < YieldRounds; i++)
        {
            if (value != seen)
            {
                return;
            }

            Thread.Yield();
        }

        lock (gate)
        {
            Interlocked.Increment(ref sleepers);
            while (value == seen)
            {
                Monitor.Wait(gate);
            }

            Interlocked.Decrement(ref sleepers);
        }
    }
}
