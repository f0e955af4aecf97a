using System.Collections.Generic;
using SdCompiler.Runtime;
using SdCompiler.Samples.LanguageModel.Models;

namespace SdCompiler.Samples.Benchmarks.Commands;

/// <summary>What <c>generation</c> was asked for.</summary>
/// <param name="Models">The models, each once.</param>
/// <param name="Threads">Threads of our predictor; peers run with one and with all.</param>
/// <param name="Runs">Rounds.</param>
/// <param name="Peers">The peers' folder, or null for none.</param>
/// <param name="Kernels">The kernels.</param>
/// <param name="Json">Where to write JSON, or null.</param>
/// <param name="CommandLine">The command line, as results keep it.</param>
internal sealed record GenerationRequest(
    IReadOnlyList<ModelEntry> Models, int Threads, int Runs, string? Peers, KernelSet Kernels, string? Json, string CommandLine);
