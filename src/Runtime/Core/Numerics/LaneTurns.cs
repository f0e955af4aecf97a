using System.Threading;

namespace SdCompiler.Runtime;

/// <summary>
/// Lets the lanes of a team run one at a time, the first or the last before the others, each until it waits at a barrier. Where a lane reads what another writes, and no barrier parts
/// them, the two orders give different bits, every time: that is how tests find a missing barrier, which threads that run freely show once in thousands of steps.
/// </summary>
/// <remarks>All lanes of the team begin and end each piece of work. One object serves one team.</remarks>
internal sealed class LaneTurns(bool lastFirst)
{
    private const int MostLanes = 8;

    private readonly Lock gate = new();
    private readonly ManualResetEventSlim[] turns = CreateTurns();
    private readonly bool[] ready = new bool[MostLanes];
    private readonly int[] waitsAt = [-1, -1, -1, -1, -1, -1, -1, -1];
    private readonly int[] arrived = new int[3];
    private int inside;
    private bool abandoned;

    /// <summary>A lane begins, and waits for its first turn, which nobody has before all lanes are here.</summary>
    public void Begin(int lane, int count)
    {
        lock (gate)
        {
            ready[lane] = true;
            if (++inside == count)
            {
                Next();
            }
        }

        Wait(lane);
    }

    /// <summary>A lane comes to a barrier and waits for its next turn.</summary>
    /// <param name="lane">The lane's number in the whole team.</param>
    /// <param name="barrier">Which barrier: 0 that of the whole team, 1 and 2 those of its halves.</param>
    /// <param name="count">How many lanes meet there.</param>
    /// <exception cref="LaneAbortedException">A lane for which this one waits has failed.</exception>
    public void Meet(int lane, int barrier, int count)
    {
        lock (gate)
        {
            ready[lane] = false;
            waitsAt[lane] = barrier;
            if (++arrived[barrier] == count)
            {
                arrived[barrier] = 0;
                for (int i = 0; i < MostLanes; i++)
                {
                    ready[i] |= waitsAt[i] == barrier;
                    waitsAt[i] = waitsAt[i] == barrier ? -1 : waitsAt[i];
                }
            }

            Next();
        }

        Wait(lane);
        if (Volatile.Read(ref abandoned))
        {
            throw new LaneAbortedException();
        }
    }

    /// <summary>A lane has finished, and the next one has its turn.</summary>
    public void End(int lane)
    {
        lock (gate)
        {
            ready[lane] = false;
            if (--inside > 0)
            {
                Next();
            }
            else
            {
                abandoned = false;
            }
        }
    }

    private static ManualResetEventSlim[] CreateTurns()
    {
        ManualResetEventSlim[] created = new ManualResetEventSlim[MostLanes];
        for (int i = 0; i < MostLanes; i++)
        {
            created[i] = new ManualResetEventSlim();
        }

        return created;
    }

    private void Next()
    {
        for (int i = 0; i < MostLanes; i++)
        {
            int lane = lastFirst ? MostLanes - 1 - i : i;
            if (ready[lane])
            {
                turns[lane].Set();
                return;
            }
        }

        Abandon();
    }

    /// <summary>Everybody waits at a barrier to which somebody will not come.</summary>
    private void Abandon()
    {
        abandoned = true;
        System.Array.Clear(arrived);
        for (int lane = 0; lane < MostLanes; lane++)
        {
            if (waitsAt[lane] >= 0)
            {
                waitsAt[lane] = -1;
                turns[lane].Set();
            }
        }
    }

    private void Wait(int lane)
    {
        turns[lane].Wait();
        turns[lane].Reset();
    }
}
