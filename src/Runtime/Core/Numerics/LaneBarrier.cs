using System.Threading;

namespace SdCompiler.Runtime;

/// <summary>A barrier that all lanes of a team pass together, again and again; a failed team passes it by exception, so that nobody waits for a lane that will not come.</summary>
internal sealed class LaneBarrier
{
    private readonly int count;
    private readonly PatientWait passed;
    private int arrived;
    private int aborted;

    public LaneBarrier(int count, int spinRounds)
    {
        this.count = count;
        passed = new PatientWait(spinRounds);
    }

    /// <exception cref="LaneAbortedException">A lane failed.</exception>
    public void SignalAndWait()
    {
        int seen = passed.Value;
        // The increment and Abort's exchange act on one location each, but both are full fences: the last to come sees the other.
        if (Interlocked.Increment(ref arrived) == count)
        {
            arrived = 0;
            passed.Advance();
        }
        else if (Volatile.Read(ref aborted) == 0)
        {
            passed.WaitWhile(seen);
        }

        if (Volatile.Read(ref aborted) != 0)
        {
            throw new LaneAbortedException();
        }
    }

    /// <summary>Lets everybody who waits, now or later, leave by exception. True for the first caller.</summary>
    public bool Abort()
    {
        if (Interlocked.Exchange(ref aborted, 1) != 0)
        {
            return false;
        }

        // A lane that failed will never arrive, so no other thread can be completing the barrier now.
        passed.Advance();
        return true;
    }

    /// <summary>Makes the barrier usable again; called when no lane is inside.</summary>
    public void Reset()
    {
        arrived = 0;
        Volatile.Write(ref aborted, 0);
    }
}
