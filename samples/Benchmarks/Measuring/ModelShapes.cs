using System.Collections.Generic;
using System.Linq;
using SdCompiler.Runtime;
using SdCompiler.Samples.Benchmarks.Peers;
using SdCompiler.Samples.LanguageModel.Models;

namespace SdCompiler.Samples.Benchmarks.Measuring;

/// <summary>The sizes of models, which their parameters know.</summary>
internal static class ModelShapes
{
    /// <summary>The sizes of a model of two layers, as the published ones are; null for another one.</summary>
    /// <param name="model">The model.</param>
    public static PeerShape? TwoLayers(ModelEntry model)
    {
        const int LeastWords = 2;
        using TokenTrainer trainer = model.Create(LeastWords, StepBenchmark.Seed).CreateTrainer(new Sgd(), Dropout.Dense, new TrainerOptions { Threads = 1 });
        IReadOnlyList<Parameter> parameters = trainer.Parameters.All;
        Parameter? lower = parameters.FirstOrDefault(parameter => parameter.Name == "Lower.weight_hh_l0");
        return lower is null || !parameters.Any(parameter => parameter.Name == "Upper.weight_hh_l0")
            ? null
            : new PeerShape(lower.Shape[1], model.Plan.BatchSize, model.Plan.TimeSteps, StepBenchmark.Vocabulary);
    }
}
