using System;
using System.Collections.Generic;
using System.Linq;
using SdCompiler.Trainer.Tests.Harness;
using SdCompiler.Trainer.Tests.Reference;

namespace SdCompiler.Cuda.Tests.Trainers;

/// <summary>Models with both backends that several tests train: compiled once.</summary>
internal static class CudaModels
{
    public static readonly ModelSource Language = new("Language", new ModelSpec(
        new EmbeddingSpec("Words", 23, 6) { Dimension = "Vocabulary" },
        new LstmSpec("Lower", 12) { InputDropout = 0.5, RecurrentDropout = 0.25 },
        new LstmSpec("Upper", 9) { InputDropout = 0.3, RecurrentDropout = 0.5 },
        new SoftmaxSpec("Next", 23) { InputDropout = 0.5, Dimension = "Vocabulary" }))
    {
        BatchSize = 4,
        TimeSteps = 5,
        Settings = "Backends = Backends.Cpu | Backends.Cuda",
        Variants =
        [
            new VariantSource("Structured", DropoutPattern.Structured, DropoutSites.All),
            new VariantSource("Random", DropoutPattern.Random, DropoutSites.All),
            new VariantSource("Fixed", DropoutPattern.StructuredFixed, DropoutSites.All),
            new VariantSource("Dense", DropoutPattern.Structured, DropoutSites.None),
        ],
    };

    /// <summary>Every kind of layer but classes for whole rows, with sources that have several readers.</summary>
    public static readonly ModelSource Branches = new("Branches", new ModelSpec(
        new EmbeddingSpec("Kind", 5, 4) { OutputDropout = 0.4 },
        new SeriesSpec("Sensors", 3),
        new ConcatSpec("Inputs", "Kind", "Sensors"),
        new LstmSpec("Memory", 6) { InputDropout = 0.4, RecurrentDropout = 0.3, OutputDropout = 0.5 },
        new LinearSpec("Skip", 4, Activation.Sigmoid) { From = "Inputs", InputDropout = 0.3, OutputDropout = 0.4 },
        new ConcatSpec("All", "Memory", "Skip", "Kind"),
        new RegressionSpec("Output", 2) { InputDropout = 0.3 }))
    {
        BatchSize = 4,
        TimeSteps = 5,
        Settings = "Backends = Backends.Cpu | Backends.Cuda",
    };

    /// <summary>One class for each row.</summary>
    public static readonly ModelSource Label = new("Label", new ModelSpec(
        new EmbeddingSpec("Words", 9, 6) { OutputDropout = 0.4 },
        new LstmSpec("Memory", 9) { InputDropout = 0.5, RecurrentDropout = 0.4, OutputDropout = 0.3 },
        new ClassificationSpec("Kind", 4) { InputDropout = 0.4 }))
    {
        BatchSize = 4,
        TimeSteps = 5,
        Settings = "Backends = Backends.Cpu | Backends.Cuda",
    };

    private static readonly Lazy<CompiledModels> Compiled = new(() => CompiledModels.Compile(Language));

    /// <summary>The text that the generator emitted for <see cref="Language"/>.</summary>
    public static string Source => Compiled.Value.GeneratedSources.Single();

    public static HostedModel Create(long seed = 1)
    {
        TestDevice.Open();
        return Compiled.Value.Create(Language, seed);
    }

    public static HostedTrainer OnCuda(HostedModel model, Optimizer? optimizer = null, string variant = "Structured", TrainerOptions? options = null)
    {
        options ??= new TrainerOptions();
        options.Backend = Backends.Cuda;
        return model.CreateTrainer(optimizer ?? new Sgd { LearningRate = 0.5, ClipNorm = 1 }, variant, options);
    }

    /// <summary>Windows of the full length, a short one, and one with rows that end early.</summary>
    public static ReferenceWindow Window(int step) => (step % 4) switch
    {
        2 => TestData.Window(Language.Spec, 3, Language.BatchSize, step + 100),
        3 => TestData.Window(Language.Spec, 5, Language.BatchSize, step + 100, [5, 2, 4, 1]),
        _ => TestData.Window(Language.Spec, 5, Language.BatchSize, step + 100),
    };

    public static double[] Train(HostedTrainer trainer, int first, int end) => Enumerable.Range(first, end - first).Select(step => trainer.Step(Window(step))).ToArray();
}
