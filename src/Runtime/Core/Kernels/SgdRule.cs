namespace SdCompiler.Runtime;

/// <summary>The numbers of one stochastic gradient descent step for one parameter.</summary>
/// <param name="GradientScale">What clipping multiplies gradients by; 1 without.</param>
/// <param name="Decay">L2 decay: this times the weight is added to the scaled gradient.</param>
/// <param name="Momentum">The factor of the velocity; 0 without.</param>
/// <param name="Nesterov">1 to look ahead along the velocity, else 0.</param>
/// <param name="Rate">The learning rate.</param>
internal readonly record struct SgdRule(float GradientScale, float Decay, float Momentum, float Nesterov, float Rate);
