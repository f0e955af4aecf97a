using System;
using System.Collections.Generic;
using SdCompiler.Runtime;

namespace SdCompiler;

/// <summary>Adam with bias correction (Kingma and Ba 2015, arXiv:1412.6980): weight decay is part of the gradient, or decoupled from it (<see cref="AdamW"/>).</summary>
public class Adam : Optimizer
{
    private static readonly string[] s_moments = ["exp_avg", "exp_avg_sq"];

    /// <summary>Adam with the paper's settings: rate 0.001, betas 0.9 and 0.999, epsilon 1e-8.</summary>
    public Adam()
        : base(0.001)
    {
    }

    /// <summary>The factor of the first moment, from 0 up to, not including, 1.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>The factor of the second moment, from 0 up to, not including, 1.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>Added to the root of the second moment, above 0.</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>Whether decay shrinks the weights themselves (w *= 1 - rate*decay) instead of joining the gradient.</summary>
    public bool Decoupled { get; init; }

    internal override string Kind => "adam";

    internal override IReadOnlyList<string> Moments => s_moments;

    // A row that had a gradient once keeps moving along its moments.
    internal override bool MovesWithoutGradient(double decay) => true;

    internal override unsafe void Update(KernelSet kernels, in UpdateStep step, float* w, float* g, float* first, float* second, long rows, int width, float* copy, long copyStride)
    {
        kernels.AdamUpdate(w, g, first, second, rows, width, copy, copyStride, Rule(step));
    }

    /// <summary>The numbers of one step.</summary>
    internal AdamRule Rule(in UpdateStep step) => new(
        (float)step.GradientScale,
        Decoupled ? 0f : (float)step.Decay,
        Decoupled ? (float)(1 - (step.Rate * step.Decay)) : 1f,
        (float)Beta1,
        (float)Beta2,
        (float)(step.Rate / (1 - Math.Pow(Beta1, step.Updates))),
        (float)(1 / Math.Sqrt(1 - Math.Pow(Beta2, step.Updates))),
        (float)Epsilon);

    internal override void Describe(IDictionary<string, double> settings)
    {
        base.Describe(settings);
        settings["beta1"] = Beta1;
        settings["beta2"] = Beta2;
        settings["epsilon"] = Epsilon;
        settings["decoupled"] = Decoupled ? 1 : 0;
    }

    internal override void Check()
    {
        base.Check();
        CheckRange(nameof(Beta1), Beta1, Beta1 is >= 0 and < 1, "a number from 0 up to, not including, 1");
        CheckRange(nameof(Beta2), Beta2, Beta2 is >= 0 and < 1, "a number from 0 up to, not including, 1");
        CheckRange(nameof(Epsilon), Epsilon, (float)Epsilon > 0, "a number above 0 that single precision can hold"); // 0/0 where no gradient ever came
    }
}
