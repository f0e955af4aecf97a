using System.Collections.Generic;
using SdCompiler.Runtime;

namespace SdCompiler.Samples.Benchmarks.Commands;

/// <summary>What <c>kernels</c> was asked for.</summary>
/// <param name="Units">Sizes H.</param>
/// <param name="Rows">Batch sizes B.</param>
/// <param name="Keep">Shares of units that are kept.</param>
/// <param name="Kernels">The kernels.</param>
/// <param name="Json">Where to write JSON, or null.</param>
/// <param name="CommandLine">The command line, as results keep it.</param>
internal sealed record KernelsRequest(
    IReadOnlyList<int> Units, IReadOnlyList<int> Rows, IReadOnlyList<double> Keep, KernelSet Kernels, string? Json, string CommandLine);
