namespace SdCompiler.Runtime;

/// <summary>The numbers of one averaged stochastic gradient descent step for one parameter.</summary>
/// <param name="GradientScale">What clipping multiplies gradients by; 1 without.</param>
/// <param name="Decay">L2 decay: this times the weight is added to the scaled gradient.</param>
/// <param name="Rate">The learning rate.</param>
/// <param name="Mean">The part of its way to the new weight that the average goes: 1/n at the n-th averaged step; 0 leaves the average alone.</param>
internal readonly record struct AsgdRule(float GradientScale, float Decay, float Rate, float Mean);
