using System;
using SdCompiler.Runtime.Cuda;

namespace SdCompiler.Samples.GpuCheck.Models;

/// <summary>A trainer of any model of this program, whatever its batches are.</summary>
/// <param name="Trainer">The trainer.</param>
/// <param name="Step">Trains on a window; gives the loss.</param>
/// <param name="Evaluate">The loss of a window of any size, from a state of zeros, without dropout.</param>
internal sealed record CheckTrainer(LstmTrainer Trainer, Func<CheckWindow, double> Step, Func<CheckWindow, Evaluation> Evaluate) : IDisposable
{
    /// <summary>What runs the steps on the GPU.</summary>
    /// <exception cref="InvalidOperationException">The trainer runs on the CPU.</exception>
    public CudaStepEngine Engine => Trainer.Core.Engine as CudaStepEngine ?? throw new InvalidOperationException("The trainer runs on the CPU.");

    /// <summary>A trainer with its way to make batches of windows.</summary>
    public static CheckTrainer Of<TBatch>(LstmTrainer<TBatch> trainer, Func<CheckWindow, TBatch> batch)
        where TBatch : LstmBatch =>
        new(trainer, window => trainer.Step(window.Shape(batch(window))), window => trainer.Evaluate(window.Shape(batch(window))));

    /// <inheritdoc/>
    public void Dispose() => Trainer.Dispose();
}
