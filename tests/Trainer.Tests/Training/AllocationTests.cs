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
            foreach (Func<double> step in steps)
            {
                step();
            }

            foreach (Func<double> step in steps)
            {
                Assert.Equal(0, LeastAllocated(step, GC.GetAllocatedBytesForCurrentThread));
                Assert.Equal(0, LeastAllocated(step, () => GC.GetTotalAllocatedBytes(precise: true)));
            }
        }
    }

    /// <summary>The least of many tries: the test host's own threads allocate now and then, a step that allocates does so always.</summary>
    private static long LeastAllocated(Func<double> step, Func<long> allocated)
    {
        long least = long.MaxValue;
        for (int attempt = 0; attempt < 500 && least > 0; attempt++)
        {
            long before = allocated();
            step();
            least = Math.Min(least, allocated() - before);
        }

        return least;
    }
}
