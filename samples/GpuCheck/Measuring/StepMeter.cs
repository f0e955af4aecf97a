using System;
using System.Diagnostics;
using System.Linq;
using SdCompiler.Runtime.Cuda;
using SdCompiler.Samples.GpuCheck.Models;

namespace SdCompiler.Samples.GpuCheck.Measuring;

/// <summary>Trains one regime of a model on random tokens and measures its steps.</summary>
internal static class StepMeter
{
    /// <summary>So small that ten thousand steps on random tokens change no loss that one could see.</summary>
    private const double Rate = 1e-6;

    private const int WarmUps = 20;
    private const int Runs = 200;
    private const int LeastRuns = 2;
    private const int Windows = 8;

    /// <summary>Measures.</summary>
    /// <param name="model">The model.</param>
    /// <param name="regime">The regime.</param>
    /// <param name="isTensorFloat32">Whether products may round their factors.</param>
    /// <param name="device">The GPU.</param>
    /// <param name="seconds">About how long each of the three measurements may take: slower steps are run less than 200 times.</param>
    public static StepTimes Measure(CheckModel model, Regime regime, bool isTensorFloat32, CudaDevice device, double seconds)
    {
        long free = device.Memory.Free;
        using CheckTrainer trainer = model.Create(1).CreateTrainer(
            new Sgd { LearningRate = Rate, ClipNorm = 5 }, regime, new TrainerOptions { Backend = Backends.Cuda, Device = device.Ordinal, TensorFloat32 = isTensorFloat32 });
        CheckWindow[] windows = RandomWindows(model);
        int next = 0;
        double Step()
        {
            long started = Stopwatch.GetTimestamp();
            trainer.Step(windows[next++ % Windows]);
            return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        }

        // The first steps compile kernels and record the graphs of both blocks of inputs; the third tells how long one takes.
        double[] first = [Step(), Step(), Step()];
        int runs = Math.Clamp((int)(seconds * 1000 / first[2]), LeastRuns, Runs), warmUps = Math.Min(WarmUps, runs);
        double[] host = [.. Enumerable.Range(0, warmUps + runs).Select(_ => Step())];
        double[][] passes = [.. Enumerable.Range(0, 2).Select(_ => trainer.Engine.TimeReplays(warmUps + runs)[warmUps..])];
        if (trainer.Trainer.SkippedSteps > 0)
        {
            throw new InvalidOperationException($"A step on random tokens was skipped: its gradient's norm is {trainer.Trainer.GradientNorm}.");
        }

        double[] medians = [.. passes.Select(Statistics.Median)];
        return new StepTimes(
            Statistics.Median(passes.SelectMany(pass => pass)),
            (medians.Max() - medians.Min()) / medians.Min(),
            Statistics.Median(host[warmUps..]),
            free - device.Memory.Free);
    }

    private static CheckWindow[] RandomWindows(CheckModel model)
    {
        Random random = new(1);
        int cells = model.TimeSteps * model.BatchSize;
        int[] lengths = [.. Enumerable.Repeat(model.TimeSteps, model.BatchSize)];
        int[] Tokens() => [.. Enumerable.Range(0, cells).Select(_ => random.Next(model.Vocabulary))];
        return [.. Enumerable.Range(0, Windows).Select(_ => new CheckWindow(model.TimeSteps, model.BatchSize, lengths) { Tokens = Tokens(), TargetTokens = Tokens() })];
    }
}
