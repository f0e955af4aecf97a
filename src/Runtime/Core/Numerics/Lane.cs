using System;

namespace SdCompiler.Runtime;

/// <summary>One worker's view of a step: which part of the work is its own, which kernels it uses, where it waits for the others.</summary>
public sealed class Lane
{
    private readonly LaneBarrier? barrier;
    private readonly Lane? whole;
    private long multiplyAdds;
    private AlignedBuffer<float>? floats;
    private AlignedBuffer<int>? integers;

    /// <summary>A lane that works alone: it owns every item and its barrier does nothing.</summary>
    /// <param name="kernels">The kernels it uses.</param>
    public Lane(KernelSet kernels)
        : this(0, 1, kernels, null)
    {
    }

    internal Lane(int index, int count, KernelSet kernels, LaneBarrier? barrier)
    {
        ArgumentNullException.ThrowIfNull(kernels);
        Index = index;
        Count = count;
        Kernels = kernels;
        this.barrier = barrier;
        Half = this;
    }

    /// <summary>A lane as a member of its half of the team: what it counts and measures is the whole lane's.</summary>
    private Lane(Lane whole, int index, int count, int chain, LaneBarrier? barrier)
        : this(index, count, whole.Kernels, barrier)
    {
        this.whole = whole;
        Chain = chain;
    }

    /// <summary>This lane's number, from 0.</summary>
    public int Index { get; }

    /// <summary>How many lanes run the same work.</summary>
    public int Count { get; }

    /// <summary>The kernels of the instruction set in use.</summary>
    public KernelSet Kernels { get; }

    /// <summary>
    /// This lane as a member of its half of the team, with the half's numbers and the half's barrier: for two chains of steps that do not read each other,
    /// such as the directions of a bidirectional LSTM. Each half walks along one, so a step's barriers are met by fewer lanes, and with two lanes by nobody else. A team of an odd number has no halves: this is the lane
    /// itself, and all lanes walk along one chain after the other.
    /// </summary>
    public Lane Half { get; private set; }

    /// <summary>The chain that this lane's half takes, or -1 for both, one after the other.</summary>
    private int Chain { get; set; } = -1;

    /// <summary>Orders the lanes of a team, for tests; null where they run at the same time.</summary>
    internal LaneTurns? Turns { get; init; }

    /// <summary>Measures phases; null while nobody wants to know.</summary>
    internal PhaseClock? Clock { get; set; }

    /// <summary>Multiply-adds of products that this lane has executed: rows times kept units times logical columns, padding not counted.</summary>
    public long MultiplyAdds
    {
        get => whole is null ? multiplyAdds : whole.MultiplyAdds;
        set
        {
            if (whole is null)
            {
                multiplyAdds = value;
            }
            else
            {
                whole.MultiplyAdds = value;
            }
        }
    }

    /// <summary>Whether this lane's half walks along a chain.</summary>
    /// <param name="chain">0 or 1.</param>
    public bool Takes(int chain) => Half.Chain < 0 || Half.Chain == chain;

    /// <summary>Says which phase of the step begins here; costs a comparison unless the trainer measures phases.</summary>
    /// <param name="phase">The phase.</param>
    /// <returns>The phase that ends, for a caller that goes back to it.</returns>
    public StepPhase Enter(StepPhase phase) => (whole ?? this).Clock is PhaseClock clock ? clock.Enter(phase, MultiplyAdds) : StepPhase.Rest;

    /// <summary>Gives the lane its place in a half of its team.</summary>
    internal void Join(int chain, int index, int count, LaneBarrier? halfBarrier) => Half = new Lane(this, index, count, chain, halfBarrier) { Turns = Turns };

    /// <summary>Waits until every lane is here; what the others wrote before is visible after.</summary>
    public void Barrier()
    {
        if (Turns is LaneTurns turns && Count > 1)
        {
            turns.Meet((whole ?? this).Index, Chain + 1, Count);
            return;
        }

        barrier?.SignalAndWait();
    }

    /// <summary>This lane's contiguous part of a number of items; the parts of all lanes cover each item once.</summary>
    /// <param name="items">How many items there are, at least 0.</param>
    public Share Share(int items)
        => new((int)((long)items * Index / Count), (int)((long)items * (Index + 1) / Count));

    /// <summary>Memory of this lane's own for the length of one call, at least as many floats as asked for; grows, and so allocates nothing once it is large enough.</summary>
    internal unsafe float* Floats(int count) => (floats = Grown(floats, count)).Pointer;

    /// <summary>As <see cref="Floats"/>, for whole numbers.</summary>
    internal unsafe int* Integers(int count) => (integers = Grown(integers, count)).Pointer;

    private static AlignedBuffer<T> Grown<T>(AlignedBuffer<T>? buffer, int count)
        where T : unmanaged
        => buffer is not null && buffer.Length >= count ? buffer : new AlignedBuffer<T>(count);
}
