using System;
using System.Collections.Generic;
using SdCompiler.Runtime;

namespace SdCompiler;

/// <summary>
/// How gradients change weights. An optimizer holds settings only: what it remembers of each weight lies in the trainer, so that several
/// trainers may share one. <see cref="LearningRate"/>, <see cref="ClipNorm"/> and <see cref="WeightDecay"/> may change between steps.
/// </summary>
public abstract class Optimizer
{
    private protected Optimizer(double learningRate) => LearningRate = learningRate;

    /// <summary>How far a step goes along (minus) the gradient.</summary>
    public double LearningRate { get; set; }

    /// <summary>The longest gradient (L2 norm over all parameters together) that is used as it is; a longer one is shortened to this. 0 never clips.</summary>
    public double ClipNorm { get; set; }

    /// <summary>Weight decay: the factor of the weight itself in its gradient (after clipping), or in its step where decay is decoupled.</summary>
    public double WeightDecay { get; set; }

    /// <summary>Parameters with settings of their own; the first group that takes a parameter counts.</summary>
    public IReadOnlyList<ParameterGroup> Groups { get; init; } = [];

    /// <summary>The name in checkpoints.</summary>
    internal abstract string Kind { get; }

    /// <summary>The names of the buffers that each parameter needs, in order.</summary>
    internal abstract IReadOnlyList<string> Moments { get; }

    /// <summary>Whether a weight without gradient still moves: then a table is updated as a whole.</summary>
    /// <param name="decay">The weight decay of its group.</param>
    internal abstract bool MovesWithoutGradient(double decay);

    /// <summary>The numbers of an update that rows of a table without gradient may make up for later; null for an optimizer whose rows may not.</summary>
    internal virtual SgdRule? DeferredRule(in UpdateStep step) => null;

    /// <summary>Updates [rows][width] contiguous weights by this optimizer's rule.</summary>
    internal abstract unsafe void Update(KernelSet kernels, in UpdateStep step, float* w, float* g, float* first, float* second, long rows, int width, float* copy, long copyStride);

    /// <summary>The settings that a checkpoint keeps, by name; <see cref="LearningRate"/>, <see cref="ClipNorm"/> and <see cref="WeightDecay"/> come from the base.</summary>
    internal virtual void Describe(IDictionary<string, double> settings)
    {
        settings["learning_rate"] = LearningRate;
        settings["clip_norm"] = ClipNorm;
        settings["weight_decay"] = WeightDecay;
    }

    /// <summary>Takes the settings of a checkpoint over, so that a resumed run goes on as if it had never stopped.</summary>
    internal void Restore(IReadOnlyDictionary<string, double> settings)
    {
        LearningRate = settings.GetValueOrDefault("learning_rate", LearningRate);
        ClipNorm = settings.GetValueOrDefault("clip_norm", ClipNorm);
        WeightDecay = settings.GetValueOrDefault("weight_decay", WeightDecay);
    }

    /// <summary>Whether a setting may change between steps; a checkpoint brings these, and asks that the others are the same.</summary>
    internal static bool IsChangeable(string setting) => setting is "learning_rate" or "clip_norm" or "weight_decay";

    /// <summary>Checks the settings; called before every step, because they may change.</summary>
    internal virtual void Check()
    {
        CheckRange(nameof(LearningRate), LearningRate, LearningRate >= 0, "a finite number, 0 or more");
        CheckRange(nameof(ClipNorm), ClipNorm, ClipNorm >= 0, "a finite number above 0, or 0 to never clip");
        CheckRange(nameof(WeightDecay), WeightDecay, WeightDecay >= 0, "a finite number, 0 or more");
        for (int i = 0; i < Groups.Count; i++)
        {
            ParameterGroup group = Groups[i];
            CheckRange(nameof(group.RateMultiplier), group.RateMultiplier, group.RateMultiplier >= 0, "a finite number, 0 or more, in every group");
            CheckRange(nameof(group.WeightDecay), group.WeightDecay ?? 0, group.WeightDecay is null or >= 0, "a finite number, 0 or more, in every group");
        }
    }

    private protected static void CheckRange(string name, double value, bool inRange, string expected)
    {
        // Kernels compute in single precision: what overflows there would reach every weight as an infinity.
        if (!inRange || !float.IsFinite((float)value))
        {
            throw new InvalidOperationException(FormattableString.Invariant($"The optimizer's {name} is {value}; use {expected}."));
        }
    }
}
