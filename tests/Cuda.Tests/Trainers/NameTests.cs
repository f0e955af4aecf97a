using SdCompiler.Cuda.Tests.Harness;
using SdCompiler.Trainer.Tests.Harness;
using SdCompiler.Trainer.Tests.Reference;
using Xunit;

namespace SdCompiler.Cuda.Tests.Trainers;

/// <summary>Names of layers that could meet as names of kernels, or that CUDA C does not have.</summary>
public sealed class NameTests
{
    [RequiresStandInFact]
    public void Every_layer_has_kernels_of_its_own()
    {
        ModelSpec spec = new(
            new SeriesSpec("B", 3),
            new LstmSpec("steps", 5) { InputDropout = 0.4, RecurrentDropout = 0.3 },
            new LinearSpec("A", 4, Activation.Tanh),
            new LinearSpec("backward_A", 4, Activation.Tanh),
            new LinearSpec("gradient_A", 4, Activation.Tanh),
            new LinearSpec("\u00e9", 4, Activation.Sigmoid),
            new LinearSpec("u00e9", 4, Activation.Relu),
            new RegressionSpec("training", 2));
        ModelSource source = new("Kernels", spec) { Settings = "Backends = Backends.Cuda" };
        TestDevice.Open();
        using CompiledModels models = CompiledModels.Compile(source);
        HostedModel cpu = models.Create(source, seed: 3);
        HostedModel cuda = models.Create(source, seed: 3);
        using HostedTrainer onCpu = cpu.CreateTrainer(new Sgd { LearningRate = 0.1 }, options: new TrainerOptions { Threads = 1 });
        using HostedTrainer onCuda = cuda.CreateTrainer(new Sgd { LearningRate = 0.1 }, options: new TrainerOptions { Backend = Backends.Cuda });
        for (int step = 0; step < 3; step++)
        {
            ReferenceWindow window = TestData.Window(spec, 4, 3, seed: step + 1);
            Assert.Equal(onCpu.Step(window), onCuda.Step(window), 1e-5);
        }
    }
}
