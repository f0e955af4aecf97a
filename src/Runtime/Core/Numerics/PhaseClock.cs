using System;
using System.Diagnostics;

namespace SdCompiler.Runtime;

/// <summary>One lane's time and multiply-adds, phase by phase.</summary>
internal sealed class PhaseClock
{
    private readonly long[] _ticks = new long[Phases];
    private readonly long[] _multiplyAdds = new long[Phases];
    private StepPhase _phase;
    private long _since = Stopwatch.GetTimestamp();
    private long _multiplyAddsBefore;

    /// <summary>How many phases there are.</summary>
    public const int Phases = (int)StepPhase.Update + 1;

    /// <summary>Ends the phase in work and begins another; returns the one that ended.</summary>
    /// <param name="phase">The phase that begins.</param>
    /// <param name="multiplyAdds">The lane's multiply-adds so far.</param>
    public StepPhase Enter(StepPhase phase, long multiplyAdds)
    {
        long now = Stopwatch.GetTimestamp();
        StepPhase ended = _phase;
        _ticks[(int)ended] += now - _since;
        _multiplyAdds[(int)ended] += multiplyAdds - _multiplyAddsBefore;
        _phase = phase;
        _since = now;
        _multiplyAddsBefore = multiplyAdds;
        return ended;
    }

    /// <summary>Starts a step: what passed since the last one is nobody's time.</summary>
    public void Begin()
    {
        _phase = StepPhase.Rest;
        _since = Stopwatch.GetTimestamp();
    }

    /// <summary>The time of a phase so far.</summary>
    public TimeSpan Time(StepPhase phase) => Stopwatch.GetElapsedTime(0, _ticks[(int)phase]);

    /// <summary>The multiply-adds of a phase so far.</summary>
    public long MultiplyAdds(StepPhase phase) => _multiplyAdds[(int)phase];
}
