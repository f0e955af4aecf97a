using SdCompiler.Samples.Benchmarks.Measuring;

namespace SdCompiler.Samples.Benchmarks.Reports;

/// <summary>The speed of one product at one size.</summary>
/// <param name="Product">The product.</param>
/// <param name="Units">H.</param>
/// <param name="Rows">B.</param>
/// <param name="Keep">The share of units that is kept.</param>
/// <param name="Steps">Time steps of the window.</param>
/// <param name="Gflops">GFLOP/s on executed work, the median of the measurements.</param>
/// <param name="OfPeak">The same as a share of the peak beside it, the median of the measurements' shares.</param>
internal sealed record KernelResult(LayerProduct Product, int Units, int Rows, double Keep, int Steps, double Gflops, double OfPeak);
