using SdCompiler.Runtime;

namespace SdCompiler.GpuCheck.Tests;

/// <summary>A trainer of a broken body.</summary>
internal sealed class BrokenTrainer(TrainerBody body, Optimizer optimizer, TrainerOptions options) : TokenTrainer(body, optimizer, options);
