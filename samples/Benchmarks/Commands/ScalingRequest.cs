using System.Collections.Generic;
using SdCompiler.Runtime;
using SdCompiler.Samples.Benchmarks.Measuring;
using SdCompiler.Samples.LanguageModel.Models;

namespace SdCompiler.Samples.Benchmarks.Commands;

/// <summary>What <c>scaling</c> was asked for.</summary>
/// <param name="Model">The model whose steps, rows and threads vary.</param>
/// <param name="Threads">Threads where something else varies.</param>
/// <param name="Sweeps">What varies.</param>
/// <param name="Runs">Rounds.</param>
/// <param name="Kernels">The kernels.</param>
/// <param name="Json">Where to write JSON, or null.</param>
/// <param name="CommandLine">The command line, as results keep it.</param>
internal sealed record ScalingRequest(
    ModelEntry Model, int Threads, IReadOnlyList<Sweep> Sweeps, int Runs, KernelSet Kernels, string? Json, string CommandLine);
