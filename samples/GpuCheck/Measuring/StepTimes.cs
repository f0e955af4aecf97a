namespace SdCompiler.Samples.GpuCheck.Measuring;

/// <summary>What the steps of one trainer cost.</summary>
/// <param name="StepMilliseconds">A step on the device: the median of all runs of its graph.</param>
/// <param name="Spread">How far the medians of the two passes are apart, as a share of the smaller.</param>
/// <param name="HostMilliseconds">A whole call of <c>Step</c>, with everything that the host does for it: the median.</param>
/// <param name="MemoryBytes">Memory of the device that the trainer took, from before it was made to after its last step; a trainer gives none back in between.</param>
internal sealed record StepTimes(double StepMilliseconds, double Spread, double HostMilliseconds, long MemoryBytes);
