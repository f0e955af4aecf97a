using System;
using System.Collections.Generic;
using System.Diagnostics;
using SdCompiler.Runtime;

namespace SdCompiler.Samples.Benchmarks.Measuring;

/// <summary>Trains one variant of a model on random batches and measures its steps.</summary>
/// <param name="trainer">The trainer; disposed with this.</param>
/// <param name="cycle">Of how many steps a measurement takes whole multiples.</param>
internal abstract class StepMeter(LstmTrainer trainer, int cycle) : IDisposable
{
    /// <summary>So small that a million steps on random tokens change no loss that one could see.</summary>
    private const double Rate = 1e-6;

    private int _cycles = 1;

    /// <summary>Of how many steps a measurement takes whole multiples.</summary>
    public int Cycle => cycle;

    /// <summary>An optimizer with a rate at which weights hardly move.</summary>
    public static Optimizer Slow(Optimizer optimizer)
    {
        optimizer.LearningRate = Rate;
        return optimizer;
    }

    /// <summary>The options of trainers that are measured.</summary>
    public static TrainerOptions Options(int threads, KernelSet kernels) => new() { Threads = threads, Kernels = kernels.Name, MeasurePhases = true };

    /// <summary>Runs until the code is compiled for good, and finds out how many steps fill a time.</summary>
    /// <param name="milliseconds">About how long a measurement is to take; at least one cycle.</param>
    public void WarmUp(double milliseconds)
    {
        const int LeastSteps = 3;
        long started = Stopwatch.GetTimestamp();
        double last;
        int steps = 0;
        do
        {
            last = Measure().StepMilliseconds;
            steps += cycle;
        }
        while (steps < LeastSteps || Stopwatch.GetElapsedTime(started).TotalMilliseconds < 2 * milliseconds);
        _cycles = Math.Max(1, (int)Math.Round(milliseconds / (last * cycle)));
    }

    /// <summary>One measurement.</summary>
    public StepMeasurement Measure()
    {
        int measured = _cycles * cycle;
        IReadOnlyList<PhaseTime> before = trainer.PhaseTimes;
        long started = Stopwatch.GetTimestamp();
        for (int i = 0; i < measured; i++)
        {
            Step();
        }

        double step = Stopwatch.GetElapsedTime(started).TotalMilliseconds / measured;
        IReadOnlyList<PhaseTime> after = trainer.PhaseTimes;
        double[] milliseconds = new double[after.Count], multiplyAdds = new double[after.Count];
        double rest = step;
        for (int phase = 0; phase < after.Count; phase++)
        {
            milliseconds[phase] = (after[phase].Time - before[phase].Time).TotalMilliseconds / measured;
            multiplyAdds[phase] = (double)(after[phase].MultiplyAdds - before[phase].MultiplyAdds) / measured;
            rest -= phase == (int)StepPhase.Rest ? 0 : milliseconds[phase];
        }

        // Checking and copying a window in belongs to a step, but to none of its phases.
        milliseconds[(int)StepPhase.Rest] = rest;
        if (trainer.SkippedSteps > 0)
        {
            throw new InvalidOperationException($"A step on random tokens was skipped: its gradient's norm is {trainer.GradientNorm}.");
        }

        return new StepMeasurement(step, milliseconds, multiplyAdds);
    }

    /// <summary>Ends the trainer's threads.</summary>
    public void Dispose() => trainer.Dispose();

    /// <summary>Trains on the next batch.</summary>
    protected abstract void Step();
}
