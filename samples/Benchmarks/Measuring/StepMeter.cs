using System;
using System.Collections.Generic;
using System.Diagnostics;
using SdCompiler.Runtime;
using SdCompiler.Samples.LanguageModel.Models;

namespace SdCompiler.Samples.Benchmarks.Measuring;

/// <summary>Trains one variant of a model on random tokens and measures its steps.</summary>
internal sealed class StepMeter : IDisposable
{
    /// <summary>So small that a million steps on random tokens change no loss that one could see.</summary>
    private const double Rate = 1e-6;

    private readonly TokenTrainer _trainer;
    private readonly RandomWindows _windows;
    private readonly int _rows;
    private int _steps = 1;

    /// <summary>Makes a trainer.</summary>
    /// <param name="model">The model; several trainers may share it.</param>
    /// <param name="variant">The variant.</param>
    /// <param name="threads">Threads of a step.</param>
    /// <param name="kernels">Its kernels.</param>
    /// <param name="steps">Time steps of its windows; 0 for the model's own T.</param>
    /// <param name="rows">Rows of its windows; 0 for the model's own B.</param>
    public StepMeter(LanguageModelInstance model, Dropout variant, int threads, KernelSet kernels, int steps = 0, int rows = 0)
    {
        _trainer = model.CreateTrainer(
            new Sgd { LearningRate = Rate, ClipNorm = 5 },
            variant,
            new TrainerOptions { Threads = threads, Kernels = kernels.Name, MeasurePhases = true });
        _rows = rows == 0 ? _trainer.BatchSize : rows;
        Tokens = _rows * (steps == 0 ? _trainer.TimeSteps : steps);
        _windows = new RandomWindows(model.Vocabulary, Tokens);
    }

    /// <summary>Tokens of a step.</summary>
    public int Tokens { get; }

    /// <summary>Runs until the code is compiled for good, and finds out how many steps fill a time.</summary>
    /// <param name="milliseconds">About how long a measurement is to take; at least one step.</param>
    public void WarmUp(double milliseconds)
    {
        const int LeastSteps = 3;
        long started = Stopwatch.GetTimestamp();
        double last;
        int steps = 0;
        do
        {
            last = Measure().StepMilliseconds;
            steps++;
        }
        while (steps < LeastSteps || Stopwatch.GetElapsedTime(started).TotalMilliseconds < 2 * milliseconds);
        _steps = Math.Max(1, (int)Math.Round(milliseconds / last));
    }

    /// <summary>One measurement.</summary>
    public StepMeasurement Measure()
    {
        IReadOnlyList<PhaseTime> before = _trainer.PhaseTimes;
        long started = Stopwatch.GetTimestamp();
        for (int i = 0; i < _steps; i++)
        {
            (int[] inputs, int[] targets) = _windows.Next();
            _trainer.Step(inputs, targets, _rows);
        }

        double step = Stopwatch.GetElapsedTime(started).TotalMilliseconds / _steps;
        IReadOnlyList<PhaseTime> after = _trainer.PhaseTimes;
        double[] milliseconds = new double[after.Count], multiplyAdds = new double[after.Count];
        double rest = step;
        for (int phase = 0; phase < after.Count; phase++)
        {
            milliseconds[phase] = (after[phase].Time - before[phase].Time).TotalMilliseconds / _steps;
            multiplyAdds[phase] = (double)(after[phase].MultiplyAdds - before[phase].MultiplyAdds) / _steps;
            rest -= phase == (int)StepPhase.Rest ? 0 : milliseconds[phase];
        }

        // Checking and copying a window in belongs to a step, but to none of its phases.
        milliseconds[(int)StepPhase.Rest] = rest;
        if (_trainer.SkippedSteps > 0)
        {
            throw new InvalidOperationException($"A step on random tokens was skipped: its gradient's norm is {_trainer.GradientNorm}.");
        }

        return new StepMeasurement(step, milliseconds, multiplyAdds);
    }

    /// <summary>Ends the trainer's threads.</summary>
    public void Dispose() => _trainer.Dispose();
}
