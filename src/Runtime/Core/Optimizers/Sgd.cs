using System.Collections.Generic;
using SdCompiler.Runtime;

namespace SdCompiler;

/// <summary>Stochastic gradient descent, optionally with momentum: v = momentum*v + g; w -= rate*v (PyTorch's form, dampening 0).</summary>
public sealed class Sgd : Optimizer
{
    private static readonly string[] s_velocity = ["momentum"];

    /// <summary>Gradient descent with a learning rate of 1 (Zaremba et al. 2014), without momentum, clipping or decay until set.</summary>
    public Sgd()
        : base(1.0)
    {
    }

    /// <summary>The factor of the velocity from step to step, from 0 (none) up to, not including, 1.</summary>
    public double Momentum { get; init; }

    /// <summary>Whether the step looks ahead along the velocity: w -= rate*(g + momentum*v) (Nesterov). Needs <see cref="Momentum"/>.</summary>
    public bool Nesterov { get; init; }

    internal override string Kind => "sgd";

    internal override IReadOnlyList<string> Moments => Momentum == 0 ? [] : s_velocity;

    internal override bool MovesWithoutGradient(double decay) => Momentum != 0 || decay != 0;

    internal override unsafe void Update(KernelSet kernels, in UpdateStep step, float* w, float* g, float* first, float* second, long rows, int width, float* copy, long copyStride)
        => kernels.SgdUpdate(w, g, first, rows, width, copy, copyStride, Rule(step));

    internal override SgdRule? DeferredRule(in UpdateStep step) => Rule(step);

    internal override void Describe(IDictionary<string, double> settings)
    {
        base.Describe(settings);
        settings["momentum"] = Momentum;
        settings["nesterov"] = Nesterov ? 1 : 0;
    }

    private SgdRule Rule(in UpdateStep step) => new((float)step.GradientScale, (float)step.Decay, (float)Momentum, Nesterov, (float)step.Rate);

    internal override void Check()
    {
        base.Check();
        CheckRange(nameof(Momentum), Momentum, Momentum is >= 0 and < 1, "a number from 0 up to, not including, 1");
        CheckRange(nameof(Nesterov), Nesterov ? 1 : 0, !Nesterov || Momentum > 0, "it together with a Momentum above 0");
    }
}
