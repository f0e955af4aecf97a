namespace SdCompiler.Runtime;

/// <summary>What one optimizer step means for one parameter; computed once by lane 0, read by all.</summary>
/// <param name="Rate">The learning rate times the group's multiplier.</param>
/// <param name="GradientScale">What clipping multiplies gradients by; 1 without.</param>
/// <param name="Decay">The weight decay of the group.</param>
/// <param name="Updates">Updates so far, this one included: Adam's t.</param>
internal readonly record struct UpdateStep(double Rate, double GradientScale, double Decay, long Updates)
{
    /// <summary>The part of its way to the new weights that their average goes; 0 where nothing is averaged.</summary>
    public double Mean { get; init; }
}
