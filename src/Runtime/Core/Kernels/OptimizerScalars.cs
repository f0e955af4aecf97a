using System;

namespace SdCompiler.Runtime;

/// <summary>One element of an optimizer step: the reference, and the tail of every vector kernel. The order of operations is the vector kernels' own.</summary>
internal static unsafe class OptimizerScalars
{
    /// <summary>decay * w + scale * g.</summary>
    public static float Gradient(float g, float w, float scale, float decay) => MathF.FusedMultiplyAdd(decay, w, g * scale);

    /// <summary>The updated weight; <paramref name="m"/> is the velocity or null.</summary>
    public static float Sgd(float w, float gradient, float* m, in SgdRule rule)
    {
        float direction = gradient;
        if (m is not null)
        {
            float velocity = MathF.FusedMultiplyAdd(rule.Momentum, *m, gradient);
            *m = velocity;
            direction = rule.Nesterov != 0 ? MathF.FusedMultiplyAdd(rule.Momentum, velocity, gradient) : velocity;
        }

        return MathF.FusedMultiplyAdd(-rule.Rate, direction, w);
    }

    /// <summary>The updated weight.</summary>
    public static float Adam(float w, float gradient, float* m, float* v, in AdamRule rule)
    {
        float first = MathF.FusedMultiplyAdd(rule.Beta1, *m, (1 - rule.Beta1) * gradient);
        float second = MathF.FusedMultiplyAdd(rule.Beta2, *v, (1 - rule.Beta2) * gradient * gradient);
        *m = first;
        *v = second;
        float denominator = MathF.FusedMultiplyAdd(MathF.Sqrt(second), rule.RootScale, rule.Epsilon);
        return MathF.FusedMultiplyAdd(-rule.StepSize, first / denominator, rule.Keep * w);
    }
}
