using System;
using System.Linq;
using SdCompiler.Cuda.Tests.Harness;
using SdCompiler.Runtime;
using SdCompiler.Trainer.Tests.Harness;
using Xunit;

namespace SdCompiler.Cuda.Tests.Trainers;

/// <summary>Whoever asks for a parameter gets its newest values, wherever these were computed.</summary>
public sealed class HomeTests
{
    [RequiresStandInFact]
    public void A_predictor_reads_what_the_device_trained()
    {
        HostedModel model = CudaModels.Create();
        using HostedTrainer trainer = CudaModels.OnCuda(model);
        int[] before = model.Bits();
        float[] first = Predict(model);
        CudaModels.Train(trainer, 0, 2);
        float[] second = Predict(model);
        Assert.NotEqual(first, second);
        Assert.NotEqual(before, model.Bits());
    }

    [RequiresStandInFact]
    public void Values_set_between_steps_are_what_the_next_step_starts_from()
    {
        HostedModel one = CudaModels.Create(seed: 3);
        HostedModel other = CudaModels.Create(seed: 4);
        using HostedTrainer trainer = CudaModels.OnCuda(one);
        CudaModels.Train(trainer, 0, 2);
        trainer.Trainer.State.Reset();
        one.Set(other.Values());
        double loss = trainer.Evaluate(CudaModels.Window(0)).TotalLoss;
        using HostedTrainer cpu = other.CreateTrainer(variant: "Structured");
        Assert.Equal(cpu.Evaluate(CudaModels.Window(0)).TotalLoss, loss, 1e-4);
    }

    [RequiresStandInFact]
    public void Trainers_of_one_model_take_turns()
    {
        HostedModel shared = CudaModels.Create(seed: 6);
        HostedModel alone = CudaModels.Create(seed: 6);
        using HostedTrainer a = CudaModels.OnCuda(shared);
        using HostedTrainer b = CudaModels.OnCuda(shared);
        using HostedTrainer c = shared.CreateTrainer(new Sgd { LearningRate = 0.5, ClipNorm = 1 }, "Structured", new TrainerOptions { Threads = 1 });
        HostedTrainer[] onCpu = [.. Enumerable.Range(0, 3).Select(_ => alone.CreateTrainer(new Sgd { LearningRate = 0.5, ClipNorm = 1 }, "Structured", new TrainerOptions { Threads = 1 }))];
        for (int step = 0; step < 9; step++)
        {
            double expected = onCpu[step % 3].Step(CudaModels.Window(step));
            double actual = new[] { a, b, c }[step % 3].Step(CudaModels.Window(step));
            Assert.Equal(expected, actual, 1e-4);
        }

        Array.ForEach(onCpu, trainer => trainer.Dispose());
        foreach ((string name, double[] values) in alone.Values())
        {
            Assert.Equal(values, shared.Values()[name], (x, y) => Math.Abs(x - y) < 1e-5);
        }
    }

    [RequiresStandInFact]
    public void A_disposed_trainer_leaves_its_weights_behind()
    {
        HostedModel model = CudaModels.Create();
        int[] before = model.Bits();
        HostedTrainer trainer = CudaModels.OnCuda(model);
        CudaModels.Train(trainer, 0, 1);
        trainer.Dispose();
        Assert.NotEqual(before, model.Bits());
    }

    [RequiresStandInFact]
    public void A_model_that_is_not_compiled_for_CUDA_says_so()
    {
        ModelSource source = new("Plain", new SdCompiler.Trainer.Tests.Reference.ModelSpec(
            new SdCompiler.Trainer.Tests.Reference.SeriesSpec("Sensors", 3), new SdCompiler.Trainer.Tests.Reference.RegressionSpec("Load", 1)));
        using CompiledModels models = CompiledModels.Compile(source);
        ArgumentException e = Assert.Throws<ArgumentException>(() => models.Create(source).CreateTrainer(options: new TrainerOptions { Backend = Backends.Cuda }));
        Assert.StartsWith("The model Plain is not compiled for Cuda; add Backends = Backends.Cpu | Backends.Cuda to its [StructuredDropoutLstm]", e.Message, StringComparison.Ordinal);
    }

    [RequiresStandInFact]
    public void Options_of_the_CPU_are_refused()
    {
        ArgumentException e = Assert.Throws<ArgumentException>(() => CudaModels.OnCuda(CudaModels.Create(), options: new TrainerOptions { MeasurePhases = true }));
        Assert.StartsWith("TrainerOptions.MeasurePhases is for the CPU;", e.Message, StringComparison.Ordinal);
        e = Assert.Throws<ArgumentException>(() => CudaModels.OnCuda(CudaModels.Create(), options: new TrainerOptions { Kernels = "Reference" }));
        Assert.StartsWith("TrainerOptions.Kernels is for the CPU;", e.Message, StringComparison.Ordinal);
        e = Assert.Throws<ArgumentException>(() => CudaModels.OnCuda(CudaModels.Create(), options: new TrainerOptions { Device = -1 }));
        Assert.StartsWith("TrainerOptions.Device is -1;", e.Message, StringComparison.Ordinal);
        e = Assert.Throws<ArgumentException>(() => CudaModels.Create().CreateTrainer(variant: "Dense", options: new TrainerOptions { TensorFloat32 = true }));
        Assert.StartsWith("TrainerOptions.TensorFloat32 is for GPUs;", e.Message, StringComparison.Ordinal);
        e = Assert.Throws<ArgumentException>(() => CudaModels.Create().CreateTrainer(variant: "Dense", options: new TrainerOptions { Backend = Backends.Cpu | Backends.Cuda }));
        Assert.StartsWith("TrainerOptions.Backend is 'Cpu, Cuda'; choose one", e.Message, StringComparison.Ordinal);
    }

    private static float[] Predict(HostedModel model)
    {
        HostedPredictor predictor = model.CreatePredictor(4);
        return predictor.Predict(CudaModels.Window(0), predictor.CreateState(4));
    }
}
