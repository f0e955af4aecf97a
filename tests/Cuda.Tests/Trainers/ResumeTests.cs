using System;
using System.IO;
using System.Linq;
using SdCompiler.Cuda.Tests.Harness;
using SdCompiler.Trainer.Tests.Harness;
using Xunit;

namespace SdCompiler.Cuda.Tests.Trainers;

/// <summary>A run on the device stops and goes on with the same bits, there; and moves to the CPU and back within rounding.</summary>
public sealed class ResumeTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sdcompiler-cuda-").FullName;

    public static TheoryData<string> Optimizers => ["sgd", "momentum", "adam"];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [RequiresStandInTheory]
    [MemberData(nameof(Optimizers))]
    public void A_resumed_run_gives_the_bits_of_one_that_never_stopped(string optimizer)
    {
        HostedModel whole = CudaModels.Create(seed: 9);
        using HostedTrainer straight = CudaModels.OnCuda(whole, Make(optimizer));
        double[] expected = CudaModels.Train(straight, 0, 9);

        using (HostedTrainer first = CudaModels.OnCuda(CudaModels.Create(seed: 9), Make(optimizer)))
        {
            CudaModels.Train(first, 0, 4);
            first.Trainer.Save(_folder);
        }

        HostedModel resumed = CudaModels.Create(seed: 77);
        using HostedTrainer second = CudaModels.OnCuda(resumed, Make(optimizer));
        second.Trainer.Load(_folder);
        Assert.Equal(expected[4..], CudaModels.Train(second, 4, 9));
        Assert.Equal(whole.Bits(), resumed.Bits());
        Assert.Equal(straight.State(4), second.State(4));
    }

    [RequiresStandInTheory]
    [MemberData(nameof(Optimizers))]
    public void A_run_moves_between_backends(string optimizer)
    {
        HostedModel whole = CudaModels.Create(seed: 5);
        using HostedTrainer straight = whole.CreateTrainer(Make(optimizer), "Structured", new TrainerOptions { Threads = 1 });
        double[] expected = CudaModels.Train(straight, 0, 9);

        double[] actual = new double[9];
        foreach ((int first, int end, Backends backend) in new[] { (0, 3, Backends.Cpu), (3, 6, Backends.Cuda), (6, 9, Backends.Cpu) })
        {
            // Another seed: everything that matters must come from the checkpoint.
            HostedModel moving = CudaModels.Create(seed: first == 0 ? 5 : 77);
            using HostedTrainer part = moving.CreateTrainer(Make(optimizer), "Structured", new TrainerOptions { Threads = 1, Backend = backend });
            if (first > 0)
            {
                part.Trainer.Load(_folder);
            }

            CudaModels.Train(part, first, end).CopyTo(actual, first);
            part.Trainer.Save(_folder);
        }

        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], 1e-4);
        }
    }

    private static Optimizer Make(string name) => name switch
    {
        "sgd" => new Sgd { LearningRate = 0.5, ClipNorm = 1 },
        "momentum" => new Sgd { LearningRate = 0.1, Momentum = 0.9, WeightDecay = 0.01 },
        _ => new Adam { LearningRate = 0.01 },
    };
}
