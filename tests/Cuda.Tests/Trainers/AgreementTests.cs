using System;
using System.Collections.Generic;
using System.Linq;
using SdCompiler.Cuda.Tests.Harness;
using SdCompiler.Trainer.Tests.Harness;
using SdCompiler.Trainer.Tests.Reference;
using Xunit;

namespace SdCompiler.Cuda.Tests.Trainers;

/// <summary>Emitted CUDA C, run on the stand-in, against the CPU backend on the same masks: losses, every gradient, carried state, weights after steps.</summary>
public sealed class AgreementTests
{
    /// <summary>Allowed difference of a tensor: the norm of the difference over the norm.</summary>
    private const double Tolerance = 1e-5;

    public static TheoryData<DropoutPattern, MaskSampling, int, int> Cases()
    {
        TheoryData<DropoutPattern, MaskSampling, int, int> cases = [];
        foreach (int units in (int[])[7, 40])
        {
            foreach (int seed in (int[])[1, 2, 3])
            {
                cases.Add(DropoutPattern.Structured, MaskSampling.FixedCount, units, seed);
                cases.Add(DropoutPattern.Structured, MaskSampling.Bernoulli, units, seed);
                cases.Add(DropoutPattern.StructuredFixed, MaskSampling.FixedCount, units, seed);
                cases.Add(DropoutPattern.Random, MaskSampling.FixedCount, units, seed);
                cases.Add(DropoutPattern.RandomFixed, MaskSampling.FixedCount, units, seed);
            }
        }

        return cases;
    }

    [RequiresStandInTheory]
    [MemberData(nameof(Cases))]
    public void Language_model(DropoutPattern pattern, MaskSampling sampling, int units, int seed)
    {
        ModelSpec spec = new(
            new EmbeddingSpec("Words", 11, 6) { OutputDropout = 0.3, Dimension = "Vocabulary" },
            new LstmSpec("Lower", units) { InputDropout = 0.5, RecurrentDropout = 0.4 },
            new LstmSpec("Upper", 9) { Layers = 2, InputDropout = 0.3, RecurrentDropout = 0.5, OutputDropout = 0.4 },
            new LinearSpec("Head", 6, Activation.Tanh) { InputDropout = 0.3, OutputDropout = 0.3 },
            new SoftmaxSpec("Next", 11) { InputDropout = 0.5, Dimension = "Vocabulary" });
        Compare(Source(spec, pattern, sampling), seed, new Sgd { LearningRate = 0.5, ClipNorm = 1 });
    }

    [RequiresStandInTheory]
    [InlineData(DropoutPattern.Structured)]
    [InlineData(DropoutPattern.Random)]
    public void Regression(DropoutPattern pattern)
    {
        ModelSpec spec = new(
            new SeriesSpec("Sensors", 3),
            new LstmSpec("Memory", 10) { InputDropout = 0.4, RecurrentDropout = 0.3, OutputDropout = 0.5 },
            new LinearSpec("Head", 4, Activation.Relu) { InputDropout = 0.3 },
            new RegressionSpec("Load", 2));
        Compare(Source(spec, pattern, MaskSampling.FixedCount), 4, new Adam { LearningRate = 0.01, WeightDecay = 0.01 });
    }

    [RequiresStandInTheory]
    [InlineData(DropoutPattern.Structured)]
    [InlineData(DropoutPattern.StructuredFixed)]
    [InlineData(DropoutPattern.RandomFixed)]
    public void Branches(DropoutPattern pattern)
    {
        Compare(CudaModels.Branches with { Pattern = pattern }, 7, new Sgd { LearningRate = 0.1 });
    }

    [RequiresStandInTheory]
    [InlineData(DropoutPattern.Structured)]
    [InlineData(DropoutPattern.StructuredFixed)]
    [InlineData(DropoutPattern.Random)]
    public void Classification(DropoutPattern pattern)
    {
        Compare(CudaModels.Label with { Pattern = pattern }, 8, new Sgd { LearningRate = 0.5 });
    }

    [RequiresStandInTheory]
    [MemberData(nameof(Optimizers))]
    public void Optimizer(string name)
    {
        ModelSpec spec = new(new EmbeddingSpec("Words", 30, 5), new LstmSpec("Memory", 6) { RecurrentDropout = 0.5 }, new SoftmaxSpec("Next", 30));
        Compare(Source(spec, DropoutPattern.Structured, MaskSampling.FixedCount), 5, Make(name));
    }

    public static TheoryData<string> Optimizers => ["sgd", "momentum", "nesterov", "decay", "adam", "adamw", "groups"];

    [RequiresStandInFact]
    public void Rows_beyond_one_tile()
    {
        ModelSpec spec = new(new EmbeddingSpec("Words", 9, 4), new LstmSpec("Memory", 17) { InputDropout = 0.5, RecurrentDropout = 0.5 }, new SoftmaxSpec("Next", 9));
        Compare(Source(spec, DropoutPattern.Structured, MaskSampling.FixedCount) with { BatchSize = 45 }, 6, new Sgd { LearningRate = 0.5 });
    }

    private static ModelSource Source(ModelSpec spec, DropoutPattern pattern, MaskSampling sampling) => new("Model", spec)
    {
        BatchSize = 4,
        TimeSteps = 5,
        Pattern = pattern,
        Sampling = sampling,
        Settings = "Backends = Backends.Cpu | Backends.Cuda",
    };

    private static Optimizer Make(string name) => name switch
    {
        "sgd" => new Sgd { LearningRate = 0.5 },
        "momentum" => new Sgd { LearningRate = 0.1, Momentum = 0.9 },
        "nesterov" => new Sgd { LearningRate = 0.1, Momentum = 0.9, Nesterov = true, ClipNorm = 0.5 },
        "decay" => new Sgd { LearningRate = 0.1, WeightDecay = 0.05 },
        "adam" => new Adam { LearningRate = 0.01, WeightDecay = 0.05 },
        "adamw" => new AdamW { LearningRate = 0.01, WeightDecay = 0.05 },
        _ => new Sgd { LearningRate = 0.2, WeightDecay = 0.1, Groups = [ParameterGroup.Biases(2), ParameterGroup.Layer("Words", 0.5, 0)] },
    };

    private static void Compare(ModelSource source, int seed, Optimizer optimizer)
    {
        TestDevice.Open();
        using CompiledModels models = CompiledModels.Compile(source);
        HostedModel cpu = models.Create(source, seed);
        HostedModel cuda = models.Create(source, seed);
        Dictionary<string, double[]> values = TestData.Parameters(source.Spec, seed);
        cpu.Set(values);
        cuda.Set(values);
        using HostedTrainer onCpu = cpu.CreateTrainer(optimizer, options: new TrainerOptions { Threads = 1 });
        using HostedTrainer onCuda = cuda.CreateTrainer(optimizer, options: new TrainerOptions { Backend = Backends.Cuda });
        Dictionary<string, double[][]> state = TestData.State(source.Spec, source.BatchSize, seed);
        onCpu.SetState(state);
        onCuda.SetState(state);
        int[] ragged = Enumerable.Range(0, source.BatchSize).Select(row => 1 + (row % 3)).ToArray();
        ReferenceWindow[] windows =
        [
            TestData.Window(source.Spec, 5, source.BatchSize, seed + 10),
            TestData.Window(source.Spec, 5, source.BatchSize, seed + 20),
            TestData.Window(source.Spec, 3, source.BatchSize, seed + 30, ragged),
            TestData.Window(source.Spec, 5, source.BatchSize, seed + 40),
            TestData.Window(source.Spec, 1, source.BatchSize - 1, seed + 50),
            TestData.Window(source.Spec, 5, source.BatchSize, seed + 60),
        ];
        for (int i = 0; i < windows.Length; i++)
        {
            string where = $"window {i}, ";
            double expected = onCpu.Step(windows[i]);
            double actual = onCuda.Step(windows[i]);
            Close([expected], [actual], where + "loss");
            Close([onCpu.Trainer.GradientNorm], [onCuda.Trainer.GradientNorm], where + "norm");
            foreach (string name in values.Keys)
            {
                Close(onCpu.Trainer.Gradient(name), onCuda.Trainer.Gradient(name), where + "gradient of " + name);
            }

            Close(Flat(onCpu.State(source.BatchSize)), Flat(onCuda.State(source.BatchSize)), where + "state");
            Assert.Equal(onCpu.Trainer.LastTargets, onCuda.Trainer.LastTargets);
        }

        foreach ((string name, double[] expected) in cpu.Values())
        {
            Close(expected, cuda.Values()[name], "values of " + name);
        }

        ReferenceWindow large = TestData.Window(source.Spec, 7, source.BatchSize + 2, seed + 70);
        Evaluation onceCpu = onCpu.Evaluate(large);
        Evaluation onceCuda = onCuda.Evaluate(large);
        Close([onceCpu.TotalLoss], [onceCuda.TotalLoss], "evaluation");
        Assert.Equal((onceCpu.Targets, onceCpu.Correct), (onceCuda.Targets, onceCuda.Correct));
        Assert.Equal(onCpu.Trainer.MultiplyAdds > 0, onCuda.Trainer.MultiplyAdds > 0);
    }

    private static double[] Flat(Dictionary<string, double[][]> state) => state.OrderBy(item => item.Key, StringComparer.Ordinal).SelectMany(item => item.Value.SelectMany(row => row)).ToArray();

    private static void Close(float[] expected, float[] actual, string what) =>
        Close(Array.ConvertAll(expected, value => (double)value), Array.ConvertAll(actual, value => (double)value), what);

    private static void Close(double[] expected, double[] actual, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        double norm = Math.Sqrt(expected.Sum(value => value * value));
        double difference = Math.Sqrt(expected.Zip(actual, (a, b) => (a - b) * (a - b)).Sum());
        Assert.True(difference <= Math.Max(Tolerance * norm, 1e-9), $"{what}: norm {norm:G6}, difference {difference:G3}");
    }
}
