namespace SdCompiler.Runtime;

/// <summary>The numbers of one Adam step for one parameter: w = keep*w - stepSize * m / (sqrt(v) * rootScale + epsilon).</summary>
/// <param name="GradientScale">What clipping multiplies gradients by; 1 without.</param>
/// <param name="Decay">L2 decay: this times the weight is added to the scaled gradient; 0 when decay is decoupled.</param>
/// <param name="Keep">Decoupled decay: 1 - rate * decay; 1 without.</param>
/// <param name="Beta1">The factor of the first moment.</param>
/// <param name="Beta2">The factor of the second moment.</param>
/// <param name="StepSize">rate / (1 - beta1^t).</param>
/// <param name="RootScale">1 / sqrt(1 - beta2^t).</param>
/// <param name="Epsilon">Keeps the division finite.</param>
internal readonly record struct AdamRule(float GradientScale, float Decay, float Keep, float Beta1, float Beta2, float StepSize, float RootScale, float Epsilon);
