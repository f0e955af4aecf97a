using System;
using System.Collections.Generic;
using SdCompiler.Runtime;

namespace SdCompiler;

/// <summary>
/// Averaged stochastic gradient descent (Polyak and Juditsky 1992): w -= rate*g, and from some step on also the mean of the weights after each step since. Once averaging has begun, evaluation,
/// predictors, saved models and checkpoints see the averages, while training goes on with the weights themselves. It begins at <see cref="AverageFrom"/>, where
/// <see cref="LstmTrainer.StartAveraging"/> says so, or by <see cref="TrainingLoop{TBatch}.NonMonotone"/> (NT-ASGD; Merity et al. 2017, arXiv:1708.02182). Only on the CPU.
/// </summary>
/// <remarks>PyTorch's ASGD with <c>lambd=0</c> leaves the first of these weights out of the mean; otherwise the numbers are its own. Setting weights from outside ends averaging; it can begin again.</remarks>
public sealed class Asgd : Optimizer
{
    private static readonly string[] s_average = ["average"];

    /// <summary>Gradient descent with a learning rate of 1, without clipping or decay until set; averaging begins when it is told to.</summary>
    public Asgd()
        : base(1.0)
    {
    }

    /// <summary>How many updates come before averaging begins by itself; null leaves that to the training loop or the caller.</summary>
    public long? AverageFrom { get; init; }

    internal override string Kind => "asgd";

    internal override IReadOnlyList<string> Moments => s_average;

    // The mean of a row without gradient moves all the same.
    internal override bool MovesWithoutGradient(double decay) => true;

    internal override unsafe void Update(KernelSet kernels, in UpdateStep step, float* w, float* g, float* first, float* second, long rows, int width, float* copy, long copyStride)
    {
        var rule = new AsgdRule((float)step.GradientScale, (float)step.Decay, (float)step.Rate, (float)step.Mean);
        kernels.AsgdUpdate(w, g, first, rows, width, copy, copyStride, rule);
    }

    internal override void Describe(IDictionary<string, double> settings)
    {
        base.Describe(settings);
        settings["average_from"] = AverageFrom ?? -1;
    }

    internal override void Check()
    {
        base.Check();
        CheckRange(nameof(AverageFrom), AverageFrom ?? 0, AverageFrom is null or >= 0, "a whole number, 0 or more, or null");
    }
}
