using System;
using System.Collections.Generic;
using System.Linq;
using SdCompiler.Runtime;
using SdCompiler.Trainer.Tests.Harness;
using Xunit;

namespace SdCompiler.Trainer.Tests.Training;

/// <summary>The same bits for any number of threads: losses, norms, weights, carried state.</summary>
public sealed class ThreadTests
{
    [Theory]
    [MemberData(nameof(OptimizerCases.Names), MemberType = typeof(OptimizerCases))]
    public void Every_number_of_threads_gives_the_same_bits(string optimizer)
    {
        foreach ((ModelSource source, string? variant) in TrainingModels.Variants())
        {
            List<long> alone = Train(source, variant, optimizer, threads: 1);
            foreach (int threads in (int[])[2, 3])
            {
                Assert.True(alone.SequenceEqual(Train(source, variant, optimizer, threads)), $"{source.Name} {variant}: {threads} threads give other bits than one");
            }
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void It_does_not_matter_which_thread_comes_first(int threads)
    {
        foreach ((ModelSource source, string? variant) in TrainingModels.Variants())
        {
            List<long> alone = Train(source, variant, "clipped sgd", threads: 1);
            foreach (bool lastFirst in (bool[])[false, true])
            {
                Assert.True(
                    alone.SequenceEqual(Train(source, variant, "clipped sgd", threads, new LaneTurns(lastFirst))),
                    $"{source.Name} {variant}: a barrier is missing, because the bits change where the {(lastFirst ? "last" : "first")} of {threads} threads comes first");
            }
        }
    }

    private static List<long> Train(ModelSource source, string? variant, string optimizer, int threads, LaneTurns? turns = null)
    {
        HostedModel model = TrainingModels.Compiled.Create(source, seed: 9);
        using HostedTrainer trainer = model.CreateTrainer(OptimizerCases.Create(optimizer), variant, new TrainerOptions { Threads = threads, Turns = turns });
        Assert.Equal(threads, trainer.Trainer.Threads);
        List<long> bits = [];
        for (int step = 0; step < 6; step++)
        {
            bits.Add(BitConverter.DoubleToInt64Bits(trainer.Step(TrainingModels.Window(source, step))));
            bits.Add(BitConverter.DoubleToInt64Bits(trainer.Trainer.GradientNorm));
        }

        Assert.Equal(0, trainer.Trainer.SkippedSteps);
        bits.AddRange(model.Bits().Select(bit => (long)bit));
        bits.AddRange(trainer.State(source.BatchSize).Values.SelectMany(rows => rows.SelectMany(row => row.Select(BitConverter.DoubleToInt64Bits))));
        return bits;
    }
}
