using System;
using System.Linq;
using SdCompiler.Trainer.Tests.Harness;
using Xunit;

namespace SdCompiler.Trainer.Tests.Training;

/// <summary>Zero managed bytes per step after warm-up, on every thread. Nothing else may run meanwhile, hence the collection.</summary>
[Collection(nameof(AloneCollection))]
public sealed class AllocationTests
{
    [Theory]
    [MemberData(nameof(OptimizerCases.Names), MemberType = typeof(OptimizerCases))]
    public void A_step_allocates_nothing(string optimizer)
    {
        foreach ((ModelSource source, string? variant) in TrainingModels.Variants())
        {
            using HostedTrainer trainer = TrainingModels.Compiled.Create(source).CreateTrainer(OptimizerCases.Create(optimizer), variant, new TrainerOptions { Threads = 2 });
            Func<double>[] steps = Enumerable.Range(0, 5).Select(step => trainer.DirectStep(TrainingModels.Window(source, step))).ToArray();
            Run(steps);
            Assert.Equal(0, LeastAllocated(steps, GC.GetAllocatedBytesForCurrentThread));
            Assert.Equal(0, LeastAllocated(steps, () => GC.GetTotalAllocatedBytes(precise: true)));
        }
    }

    /// <summary>The least of some tries: the test runner's own threads may allocate now and then, a step that allocates does so always.</summary>
    private static long LeastAllocated(Func<double>[] steps, Func<long> allocated)
    {
        long least = long.MaxValue;
        for (int attempt = 0; attempt < 200 && least > 0; attempt++)
        {
            long before = allocated();
            Run(steps);
            least = Math.Min(least, allocated() - before);
        }

        return least;
    }

    private static void Run(Func<double>[] steps)
    {
        foreach (Func<double> step in steps)
        {
            step();
        }
    }
}
