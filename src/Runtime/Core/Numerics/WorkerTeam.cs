using System;
using System.Runtime.ExceptionServices;
using System.Threading;

namespace SdCompiler.Runtime;

/// <summary>Persistent threads that run one piece of work together; the caller of <see cref="Run"/> is lane 0. They sleep when there is nothing to do.</summary>
/// <remarks>Not for use by several threads at once. <see cref="Run"/> allocates nothing.</remarks>
public sealed class WorkerTeam : IDisposable
{
    private const int MostThreadsByDefault = 64;
    private const int SpinRounds = 300; // roughly 10 microseconds
    private readonly Lane[] lanes;
    private readonly Thread[] threads;
    private readonly LaneBarrier barrier;
    private readonly LaneBarrier[] halves;
    private readonly PatientWait started;
    private readonly PatientWait finished;
    private ILaneWork? work;
    private ExceptionDispatchInfo? failure;
    private int running;
    private int unfinished;
    private bool stopping;

    /// <summary>Starts the threads.</summary>
    /// <param name="threads">How many lanes; 0 takes one for each processor that this process may use (at most 64).</param>
    /// <param name="kernels">The kernels of every lane.</param>
    /// <exception cref="ArgumentOutOfRangeException">A negative number of threads, or more than 1024.</exception>
    public WorkerTeam(int threads, KernelSet kernels)
        : this(threads, kernels, null)
    {
    }

    /// <summary>As the other, with lanes that take turns.</summary>
    internal WorkerTeam(int threads, KernelSet kernels, LaneTurns? turns)
    {
        if (threads is < 0 or > 1024)
        {
            throw new ArgumentOutOfRangeException(nameof(threads), threads, "Threads is 0 (one for each processor) or from 1 to 1024.");
        }

        // ProcessorCount knows the process's affinity and its container's CPU limit.
        Count = threads > 0 ? threads : Math.Min(Environment.ProcessorCount, MostThreadsByDefault);
        int spin = Count <= Environment.ProcessorCount ? SpinRounds : 0;
        barrier = new LaneBarrier(Count, spin);
        started = new PatientWait(spin);
        finished = new PatientWait(spin);
        lanes = new Lane[Count];
        for (int i = 0; i < Count; i++)
        {
            lanes[i] = new Lane(i, Count, kernels, Count == 1 ? null : barrier) { Turns = turns };
        }

        halves = Count % 2 == 0 ? [new LaneBarrier(Count / 2, spin), new LaneBarrier(Count / 2, spin)] : [];
        for (int i = 0; i < Count && halves.Length > 0; i++)
        {
            int half = Count / 2;
            lanes[i].Join(i / half, i % half, half, half == 1 ? null : halves[i / half]);
        }

        this.threads = new Thread[Count - 1];
        for (int i = 1; i < Count; i++)
        {
            Lane lane = lanes[i];
            Thread thread = new(() => Serve(lane)) { IsBackground = true, Name = $"SdCompiler worker {i}" };
            this.threads[i - 1] = thread;
            thread.UnsafeStart();
        }
    }

    /// <summary>How many lanes there are.</summary>
    public int Count { get; }

    /// <summary>The sum of the lanes' <see cref="Lane.MultiplyAdds"/>.</summary>
    public long MultiplyAdds
    {
        get
        {
            long sum = 0;
            foreach (Lane lane in lanes)
            {
                sum += lane.MultiplyAdds;
            }

            return sum;
        }
    }

    /// <summary>The lanes; lane 0 is the caller's.</summary>
    internal ReadOnlySpan<Lane> Lanes => lanes;

    /// <summary>True while every worker sleeps.</summary>
    internal bool AreWorkersAsleep
        => Array.TrueForAll(threads, static thread => (thread.ThreadState & ThreadState.WaitSleepJoin) != 0);

    /// <summary>Runs the work on every lane and returns when the last one has finished.</summary>
    /// <param name="work">The work.</param>
    /// <exception cref="InvalidOperationException">The team is already running something.</exception>
    /// <exception cref="ObjectDisposedException">The team is disposed.</exception>
    /// <remarks>The first exception of any lane is thrown here, after every lane has left the work; the team stays usable.</remarks>
    public void Run(ILaneWork work)
    {
        ArgumentNullException.ThrowIfNull(work);
        ObjectDisposedException.ThrowIf(stopping, this);
        if (Interlocked.Exchange(ref running, 1) != 0)
        {
            throw new InvalidOperationException("The worker team is already running; a trainer is for one thread at a time.");
        }

        try
        {
            if (Count == 1)
            {
                work.Execute(lanes[0]);
                return;
            }

            this.work = work;
            unfinished = Count - 1;
            int seen = finished.Value;
            started.Advance();
            Execute(lanes[0]);
            finished.WaitWhile(seen);
            this.work = null;
            if (failure is ExceptionDispatchInfo thrown)
            {
                failure = null;
                barrier.Reset();
                foreach (LaneBarrier half in halves)
                {
                    half.Reset();
                }

                thrown.Throw();
            }
        }
        finally
        {
            Volatile.Write(ref running, 0);
        }
    }

    /// <summary>Ends the threads; call it when nothing runs.</summary>
    public void Dispose()
    {
        if (stopping)
        {
            return;
        }

        stopping = true;
        started.Advance();
        foreach (Thread thread in threads)
        {
            thread.Join();
        }
    }

    private void Serve(Lane lane)
    {
        // 0 is the value before any work: work that is already there when this thread starts is not missed.
        int seen = 0;
        while (true)
        {
            started.WaitWhile(seen);
            seen++;
            if (stopping)
            {
                return;
            }

            Execute(lane);
            if (Interlocked.Decrement(ref unfinished) == 0)
            {
                finished.Advance();
            }
        }
    }

    private void Execute(Lane lane)
    {
        try
        {
            lane.Turns?.Begin(lane.Index, Count);
            work!.Execute(lane);
        }
        catch (LaneAbortedException)
        {
            // The lane that failed has its own exception in failure.
        }
#pragma warning disable CA1031 // Whatever a lane throws is rethrown by Run, on the caller's thread.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            if (barrier.Abort())
            {
                failure = ExceptionDispatchInfo.Capture(exception);
                foreach (LaneBarrier half in halves)
                {
                    half.Abort();
                }
            }
        }
        finally
        {
            lane.Turns?.End(lane.Index);
        }
    }
}
