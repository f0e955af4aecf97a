namespace SdCompiler.Runtime;

/// <summary>The numbers of one stochastic gradient descent step for one parameter.</summary>
/// <param name="GradientScale">What clipping multiplies gradients by; 1 without.</param>
/// <param name="Decay">L2 decay: this times the weight is added to the scaled gradient.</param>
/// <param name="Momentum">The factor of the velocity; 0 without.</param>
/// <param name="Nesterov">Whether the step looks ahead along the velocity.</param>
/// <param name="Rate">The learning rate.</param>
internal readonly record struct SgdRule(float GradientScale, float Decay, float Momentum, bool Nesterov, float Rate);
