using System;
using System.Collections.Generic;
using System.Linq;
using SdCompiler.Trainer.Tests.Harness;
using SdCompiler.Trainer.Tests.Reference;
using Xunit;
using Tensor = TorchSharp.torch.Tensor;
using static TorchSharp.torch;

namespace SdCompiler.Torch.Tests;

/// <summary>A small compiled language model with a trainer, and what the tests ask of them.</summary>
internal sealed class CompiledTrainer : IDisposable
{
    // Tests run one after the other, and most of them use the same model.
    private static readonly Dictionary<string, CompiledModels> compiled = [];

    private readonly CompiledModels _models;
    private readonly HostedTrainer _hosted;

    public CompiledTrainer(
        DropoutPattern pattern = DropoutPattern.Structured, Optimizer? optimizer = null, bool tied = false, Backends backend = Backends.Cpu, int ignoreIndex = -1, MaskSampling sampling = MaskSampling.FixedCount)
    {
        Source = new ModelSource("Model", tied ? Tied() : Chain(ignoreIndex))
        {
            BatchSize = 4,
            TimeSteps = 5,
            Pattern = pattern,
            Sampling = sampling,
            Settings = backend == Backends.Cuda ? "Backends = Backends.Cpu | Backends.Cuda" : "",
        };
        if (!compiled.TryGetValue(Source.ToString(), out CompiledModels? models))
        {
            models = CompiledModels.Compile(Source);
            compiled.Add(Source.ToString(), models);
        }

        _models = models;
        Model = _models.Create(Source);
        Model.Set(TestData.Parameters(Source.Spec, seed: 3));
        _hosted = Model.CreateTrainer(optimizer, options: new TrainerOptions { Threads = 1, Backend = backend });
        Trainer = (TokenTrainer)_hosted.Trainer;
    }

    public ModelSource Source { get; }

    public HostedModel Model { get; }

    public TokenTrainer Trainer { get; }

    /// <summary>Inputs and targets of a window, [steps, rows].</summary>
    public (int[] Inputs, int[] Targets) Window(int seed, int steps = 5, int rows = 4)
    {
        ReferenceWindow window = TestData.Window(Source.Spec, steps, rows, seed);
        return (window.Tokens["Words"], window.TargetTokens);
    }

    /// <summary>The same as tensors.</summary>
    public (Tensor Inputs, Tensor Targets) Tensors(int seed, int steps = 5, int rows = 4)
    {
        (int[] inputs, int[] targets) = Window(seed, steps, rows);
        return (tensor(inputs, [steps, rows]), tensor(targets, [steps, rows]));
    }

    /// <summary>Another model of the same class with other weights, and no trainer.</summary>
    public HostedModel Another() => _models.Create(Source, seed: 9);

    /// <summary>Puts a state into the trainer that is not zero.</summary>
    public void SetState(int seed) => _hosted.SetState(TestData.State(Source.Spec, Source.BatchSize, seed));

    public void Dispose() => _hosted.Dispose();

    /// <summary>The norm of the difference over the norm is within a tolerance.</summary>
    public static void Close(IEnumerable<float> expected, IEnumerable<float> actual, double tolerance, string what)
    {
        (float[] left, float[] right) = (expected.ToArray(), actual.ToArray());
        Assert.Equal(left.Length, right.Length);
        double norm = Math.Sqrt(left.Sum(value => (double)value * value));
        double difference = Math.Sqrt(left.Zip(right, (a, b) => ((double)a - b) * ((double)a - b)).Sum());
        Assert.True(norm > 0, $"{what} is all zeros: this case checks nothing");
        Assert.True(difference <= tolerance * norm, $"{what}: norm {norm:G6}, difference {difference:G3}");
    }

    private static ModelSpec Chain(int ignoreIndex) => new(
        new EmbeddingSpec("Words", 11, 6) { OutputDropout = 0.3, Dimension = "Vocabulary" },
        new LstmSpec("Lower", 7) { InputDropout = 0.5, RecurrentDropout = 0.4 },
        new LstmSpec("Upper", 9) { Layers = 2, InputDropout = 0.3, RecurrentDropout = 0.5, OutputDropout = 0.4 },
        new SoftmaxSpec("Next", 11) { InputDropout = 0.5, Dimension = "Vocabulary", IgnoreIndex = ignoreIndex });

    private static ModelSpec Tied() => new(
        new EmbeddingSpec("Words", 11, 6), new LstmSpec("Memory", 6) { RecurrentDropout = 0.5 }, new SoftmaxSpec("Next", 11) { TiedTo = "Words" });
}
