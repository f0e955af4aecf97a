using System;
using Xunit;

namespace SdCompiler.Trainer.Tests.Training;

/// <summary>Every optimizer, with and without what it offers.</summary>
internal static class OptimizerCases
{
    public static string[] All { get; } = ["sgd", "clipped sgd", "momentum", "nesterov", "adam", "adamw", "asgd", "asgd not averaging yet"];

    public static TheoryData<string> Names { get; } = new(All);

    public static Optimizer Create(string name) => name switch
    {
        "sgd" => new Sgd { LearningRate = 0.5 },
        "clipped sgd" => new Sgd { LearningRate = 1, ClipNorm = 0.5, WeightDecay = 1e-3 },
        "momentum" => new Sgd { LearningRate = 0.1, Momentum = 0.9, ClipNorm = 1 },
        "nesterov" => new Sgd { LearningRate = 0.1, Momentum = 0.9, Nesterov = true },
        "adam" => new Adam { LearningRate = 0.01, WeightDecay = 1e-4 },
        "adamw" => new AdamW { LearningRate = 0.01, WeightDecay = 1e-2, ClipNorm = 1 },
        "asgd" => new Asgd { LearningRate = 0.5, ClipNorm = 0.5, WeightDecay = 1e-3, AverageFrom = 2 },
        "asgd not averaging yet" => new Asgd { LearningRate = 0.5, AverageFrom = 5 },
        _ => throw new ArgumentException(name),
    };
}
