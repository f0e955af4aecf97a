using System;
using System.Collections.Generic;
using System.Linq;
using SdCompiler.Runtime;
using SdCompiler.Trainer.Tests.Harness;
using SdCompiler.Trainer.Tests.Reference;
using Xunit;

namespace SdCompiler.Trainer.Tests.Agreement;

/// <summary>Compares an emitted trainer with the reference: loss, every gradient tensor, carried state.</summary>
internal static class AgreementCheck
{
    /// <summary>Allowed difference of a tensor: the norm of the difference over the norm.</summary>
    public const double Tolerance = 2e-4;

    /// <summary>The kernel sets that this processor can run.</summary>
    public static IReadOnlyList<string> KernelSets { get; } = KernelSet.Available.Select(set => set.Name).ToList();

    /// <summary>Compiles a model and compares every variant, or one window of a model without variants, under every kernel set, and with two threads.</summary>
    public static void CheckAll(ModelSource source, params IReadOnlyList<ReferenceWindow> windows)
    {
        using CompiledModels models = CompiledModels.Compile(source);
        foreach (string? variant in source.Variants.Count > 0 ? source.Variants.Select(item => (string?)item.Name) : [null])
        {
            foreach (string kernels in KernelSets)
            {
                CheckWindows(models.Create(source), variant, new TrainerOptions { Kernels = kernels, Threads = 1 }, windows);
            }

            CheckThreads(models, source, variant, windows);
        }
    }

    /// <summary>Trains with one thread, and with two of which the first or the last is always ahead: no order may change a bit.</summary>
    private static void CheckThreads(CompiledModels models, ModelSource source, string? variant, IReadOnlyList<ReferenceWindow> windows)
    {
        int[] alone = Train(new TrainerOptions { Threads = 1 });
        foreach (bool lastFirst in (bool[])[false, true])
        {
            int[] ordered = Train(new TrainerOptions { Threads = 2, Turns = new LaneTurns(lastFirst) });
            Assert.True(alone.AsSpan().SequenceEqual(ordered), $"{source.Name} {variant}: a barrier is missing, because the bits change where the {(lastFirst ? "last" : "first")} of two threads is ahead");
        }

        int[] Train(TrainerOptions options)
        {
            HostedModel model = models.Create(source);
            model.Set(TestData.Parameters(source.Spec, seed: 3));
            using HostedTrainer trainer = model.CreateTrainer(new Sgd { LearningRate = 0.1 }, variant, options);
            foreach (ReferenceWindow window in windows)
            {
                trainer.Step(window);
            }

            return model.Bits();
        }
    }

    /// <summary>Trains on windows one after the other, carrying state, and compares each with the reference.</summary>
    public static void CheckWindows(HostedModel model, string? variant, TrainerOptions options, params IReadOnlyList<ReferenceWindow> windows)
    {
        ModelSpec spec = model.Source.Spec;
        model.Set(TestData.Parameters(spec, seed: 3));
        using HostedTrainer trainer = model.CreateTrainer(new Sgd { LearningRate = 0.1 }, variant, options);
        Dictionary<string, double[][]> state = TestData.State(spec, windows[0].Rows, seed: 5);
        bool carries = options.CarryState && !spec.IsSentenceModel;
        trainer.SetState(state);
        for (int i = 0; i < windows.Count; i++)
        {
            string where = $"{model.Source.Name} {variant} {trainer.Trainer.KernelName}, window {i}";
            Dictionary<string, double[]> parameters = model.Values();
            double loss = trainer.Step(windows[i]);
            IReadOnlyDictionary<string, double[][]>? start = carries ? state : null;
            ReferenceResult expected = new ReferenceModel(spec).Run(windows[i], parameters, trainer.LastMultipliers(), start);
            Check(trainer, expected, loss, where);
            if (carries)
            {
                CheckState(expected.NextState, trainer.State(windows[i].Rows), where);
                state = trainer.State(windows[i].Rows);
            }
        }
    }

    /// <summary>Compares one step.</summary>
    public static void Check(HostedTrainer trainer, ReferenceResult expected, double loss, string where)
    {
        Assert.True(trainer.Trainer.LastStepApplied, where + ": the step was skipped");
        CheckClose([expected.Loss], [loss], where + ", loss");
        foreach ((string name, double[] gradient) in expected.Gradients)
        {
            if (trainer.Trainer.Parameters[name].IsFrozen)
            {
                Assert.Contains("not trained", Assert.Throws<ArgumentException>(() => trainer.Trainer.Gradient(name)).Message, StringComparison.Ordinal);
                continue;
            }

            CheckClose(gradient, Array.ConvertAll(trainer.Trainer.Gradient(name), value => (double)value), where + ", gradient of " + name);
        }
    }

    /// <summary>Asserts that two tensors agree within the tolerance.</summary>
    public static void CheckClose(double[] expected, double[] actual, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        double norm = Math.Sqrt(expected.Sum(value => value * value));
        double difference = Math.Sqrt(expected.Zip(actual, (a, b) => (a - b) * (a - b)).Sum());

        // A gradient that vanishes exactly must vanish here too.
        double allowed = norm == 0 ? 0 : Math.Max(Tolerance * norm, 1e-9);
        Assert.True(difference <= allowed, $"{what}: norm {norm:G6}, difference {difference:G3}");
    }

    private static void CheckState(IReadOnlyDictionary<string, double[][]> expected, Dictionary<string, double[][]> actual, string where)
    {
        foreach ((string name, double[][] rows) in expected)
        {
            CheckClose(rows.SelectMany(row => row).ToArray(), actual[name].SelectMany(row => row).ToArray(), where + ", state " + name);
        }
    }
}
