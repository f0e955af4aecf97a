using System;
using SdCompiler.Runtime;

namespace SdCompiler.Samples.GpuCheck.Models;

/// <summary>A model with its weights.</summary>
/// <param name="Parameters">The weights.</param>
/// <param name="CreateTrainer">Makes a trainer of a regime.</param>
internal sealed record CheckInstance(ModelParameters Parameters, Func<Optimizer, Regime, TrainerOptions, CheckTrainer> CreateTrainer);
