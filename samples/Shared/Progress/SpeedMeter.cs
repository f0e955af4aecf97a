using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;

namespace SdCompiler.Samples.Shared.Progress;

/// <summary>Times training steps, and nothing else: what happens between them (evaluation, checkpoints) is left out by <see cref="Pause"/>.</summary>
internal sealed class SpeedMeter
{
    private readonly List<double> _milliseconds = [];
    private long _mark = Stopwatch.GetTimestamp();
    private long _tokens;
    private double _total;

    /// <summary>Steps since the last reset.</summary>
    public int Count => _milliseconds.Count;

    /// <summary>Mean time of a step; NaN before the first.</summary>
    public double MeanMilliseconds => _total / _milliseconds.Count;

    /// <summary>Tokens per second of training time; NaN before the first step.</summary>
    public double TokensPerSecond => _tokens / _total * 1000;

    /// <summary>Median time of a step, which neither the first steps' compilation nor a busy moment moves; NaN before the first step.</summary>
    public double MedianMilliseconds
    {
        get
        {
            double[] sorted = _milliseconds.Order().ToArray();
            return sorted.Length == 0 ? double.NaN : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
        }
    }

    /// <summary>A step has ended; it began when the one before it ended, or at the last pause.</summary>
    /// <param name="tokens">Its targets.</param>
    public void StepEnded(long tokens)
    {
        long now = Stopwatch.GetTimestamp();
        double milliseconds = Stopwatch.GetElapsedTime(_mark, now).TotalMilliseconds;
        _mark = now;
        _milliseconds.Add(milliseconds);
        _total += milliseconds;
        _tokens += tokens;
    }

    /// <summary>The time since the last step is not training time.</summary>
    public void Pause() => _mark = Stopwatch.GetTimestamp();

    /// <summary>Forgets all steps.</summary>
    public void Reset()
    {
        _milliseconds.Clear();
        _total = 0;
        _tokens = 0;
        Pause();
    }
}
