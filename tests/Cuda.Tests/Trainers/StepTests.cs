using System;
using System.Collections.Generic;
using System.Linq;
using SdCompiler.Cuda.Tests.Harness;
using SdCompiler.Runtime.Cuda;
using SdCompiler.Trainer.Tests.Harness;
using SdCompiler.Trainer.Tests.Reference;
using Xunit;

namespace SdCompiler.Cuda.Tests.Trainers;

/// <summary>What a step on the device allocates, launches and counts, and that nothing depends on the order in which blocks, threads and copies come.</summary>
public sealed class StepTests
{
    [RequiresStandInTheory]
    [InlineData("Structured")]
    [InlineData("Random")]
    [InlineData("Fixed")]
    public void A_step_allocates_nothing_after_its_graph_is_captured(string variant)
    {
        using HostedTrainer trainer = CudaModels.OnCuda(CudaModels.Create(), variant: variant);
        Func<double> step = trainer.DirectStep(CudaModels.Window(0));
        for (int i = 0; i < 4; i++)
        {
            step(); // both blocks of inputs have their graphs now
        }

        long[] before = StandInDevice.Counters();
        long least = long.MaxValue;
        for (int i = 0; i < 20; i++)
        {
            long managed = GC.GetAllocatedBytesForCurrentThread();
            step();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - managed);
        }

        long[] after = StandInDevice.Counters();
        Assert.Equal(0, least);
        Assert.Equal((0, 0, 20), (after[0] - before[0], after[1] - before[1], after[4] - before[4]));
    }

    [RequiresStandInTheory]
    [InlineData("Structured")]
    [InlineData("Random")]
    [InlineData("Fixed")]
    public unsafe void Neither_the_order_of_blocks_nor_late_copies_change_a_bit(string variant)
    {
        (double[] Losses, int[] Bits) usual = Run(variant);
        try
        {
            StandInApi.SetReverse(1);
            Assert.Equal(usual, Run(variant), Same);
            StandInApi.SetDeferred(1);
            Assert.Equal(usual, Run(variant), Same);
        }
        finally
        {
            StandInApi.SetDeferred(0);
            StandInApi.SetReverse(0);
        }
    }

    [RequiresStandInFact]
    public void Masks_drawn_ahead_are_those_of_the_step()
    {
        using HostedTrainer cuda = CudaModels.OnCuda(CudaModels.Create(seed: 8));
        using HostedTrainer cpu = CudaModels.Create(seed: 8).CreateTrainer(variant: "Structured");
        for (int step = 0; step < 8; step++)
        {
            cuda.Step(CudaModels.Window(step));
            cpu.Step(CudaModels.Window(step));
            Assert.Equal(cpu.Trainer.Masks.Step, cuda.Trainer.Masks.Step);
            Assert.Equal(cpu.Trainer.Masks.Kept(0, 1).ToArray(), cuda.Trainer.Masks.Kept(0, 1).ToArray());
        }
    }

    [RequiresStandInFact]
    public void The_products_that_are_counted_are_those_of_the_graph()
    {
        const int B = 4, T = 5, V = 32; // columns of the loss are padded
        using HostedTrainer trainer = CudaModels.OnCuda(CudaModels.Create());
        trainer.Step(CudaModels.Window(0));

        // Dense products over the window three times each; chains forward for T steps and backward for T-1, over kept units; their weight gradients dense.
        long windows = 3L * T * B * ((6 * 64) + (12 * 64) + (9 * V)) + ((long)T * B * ((12 * 64) + (9 * 64)));
        long chains = (long)B * ((9 * 4 * 12) + (5 * 4 * 9)) * ((2 * T) - 1); // 9 of 12 units kept, 5 of 9
        Assert.Equal(windows + chains, trainer.Trainer.MultiplyAdds);
    }

    [RequiresStandInFact]
    public void A_list_that_serves_the_whole_window_shrinks_every_product()
    {
        const int B = 4, T = 5, V = 32;
        using HostedTrainer trainer = CudaModels.OnCuda(CudaModels.Create(), variant: "Fixed");
        trainer.Step(CudaModels.Window(0));

        // 3 of 6 inputs, 9 of 12 recurrent units below; 8 of 12 and 5 of 9 above; 5 of 9 at the loss.
        long windows = 3L * T * B * ((3 * 64) + (8 * 64) + (5 * V)) + ((long)T * B * ((9 * 64) + (5 * 64)));
        long chains = (long)B * ((9 * 4 * 12) + (5 * 4 * 9)) * ((2 * T) - 1);
        Assert.Equal(windows + chains, trainer.Trainer.MultiplyAdds);
    }

    [RequiresStandInFact]
    public void A_loss_that_is_not_finite_changes_nothing()
    {
        HostedModel model = CudaModels.Create();
        using HostedTrainer trainer = CudaModels.OnCuda(model, new Adam { LearningRate = 0.01 });
        CudaModels.Train(trainer, 0, 2);
        Dictionary<string, double[]> good = model.Values();
        Dictionary<string, double[]> broken = good.ToDictionary(item => item.Key, item => item.Key == "Next.bias" ? item.Value.Select(_ => double.NaN).ToArray() : item.Value);
        model.Set(broken);
        Dictionary<string, double[][]> state = trainer.State(4);
        double loss = trainer.Step(CudaModels.Window(2));
        Assert.True(double.IsNaN(loss) && double.IsNaN(trainer.Trainer.GradientNorm));
        Assert.False(trainer.Trainer.LastStepApplied);
        Assert.Equal((3, 1), (trainer.Trainer.StepCount, trainer.Trainer.SkippedSteps));
        Assert.Equal(state, trainer.State(4));
        Assert.Equal(broken["Lower.weight_hh_l0"], model.Values()["Lower.weight_hh_l0"]);
        Assert.Throws<InvalidOperationException>(() => trainer.Trainer.Gradient("Next.bias"));
        model.Set(good);
        Assert.True(double.IsFinite(trainer.Step(CudaModels.Window(3))));
    }

    [RequiresStandInFact]
    public unsafe void A_device_without_memory_says_so_and_keeps_none()
    {
        HostedModel model = CudaModels.Create();
        CudaModels.OnCuda(model).Dispose();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        long before = StandInControl.LiveDeviceBytes();
        fixed (byte* name = "cuMemAlloc_v2\0"u8)
        {
            StandInApi.FailAfter(name, 12, 2);
        }

        CudaException e = Assert.Throws<CudaException>(() => CudaModels.OnCuda(model));
        Assert.Equal(2, e.Status);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        Assert.Equal(before, StandInControl.LiveDeviceBytes());
    }

    [RequiresStandInTheory]
    [InlineData("Structured")]
    [InlineData("Random")]
    public unsafe void A_step_that_fails_on_the_device_leaves_nothing_behind(string variant)
    {
        HostedModel calm = CudaModels.Create(seed: 2);
        HostedModel disturbed = CudaModels.Create(seed: 2);
        using HostedTrainer straight = CudaModels.OnCuda(calm, variant: variant);
        using HostedTrainer trainer = CudaModels.OnCuda(disturbed, variant: variant);
        double[] expected = CudaModels.Train(straight, 0, 2);
        double first = trainer.Step(CudaModels.Window(0));

        // A window of a new length needs a graph, and there is no memory for it; then the same step is taken with another window.
        fixed (byte* name = "cuGraphInstantiateWithFlags\0"u8)
        {
            StandInApi.FailNext(name, 2);
        }

        Assert.Throws<CudaException>(() => trainer.Step(TestData.Window(CudaModels.Language.Spec, 2, 2, seed: 1)));
        double second = trainer.Step(CudaModels.Window(1));
        Assert.Equal(expected, new[] { first, second });
        Assert.Equal(1, trainer.Trainer.Masks.Step);
        Assert.Equal(calm.Bits(), disturbed.Bits());
    }

    [RequiresStandInFact]
    public void Another_weight_decay_is_another_graph()
    {
        HostedModel onCpu = CudaModels.Create(seed: 4);
        HostedModel onCuda = CudaModels.Create(seed: 4);
        Sgd optimizer = new() { LearningRate = 0.1 };
        using HostedTrainer cpu = onCpu.CreateTrainer(optimizer, "Structured", new TrainerOptions { Threads = 1 });
        using HostedTrainer cuda = CudaModels.OnCuda(onCuda, optimizer);
        for (int step = 0; step < 6; step++)
        {
            optimizer.WeightDecay = step < 3 ? 0 : 0.5;
            Assert.Equal(cpu.Step(CudaModels.Window(0)), cuda.Step(CudaModels.Window(0)), 1e-4);
        }

        Assert.Equal(onCpu.Values()["Words.weight"], onCuda.Values()["Words.weight"], (x, y) => Math.Abs(x - y) < 1e-5);
    }

    [RequiresStandInFact]
    public unsafe void A_device_that_fails_frees_its_memory_and_old_weights_do_not_pass_for_new()
    {
        HostedModel model = CudaModels.Create();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        long before = StandInControl.LiveDeviceBytes();
        HostedTrainer trainer = CudaModels.OnCuda(model);
        CudaModels.Train(trainer, 0, 1);
        string folder = System.IO.Directory.CreateTempSubdirectory("sdcompiler-lost-").FullName;
        trainer.Trainer.Save(folder);
        CudaModels.Train(trainer, 1, 2);
        fixed (byte* name = "cuMemcpyDtoH_v2\0"u8)
        {
            StandInApi.FailNext(name, 719);
        }

        Assert.Throws<CudaException>(trainer.Dispose);
        Assert.Equal(before, StandInControl.LiveDeviceBytes());
        InvalidOperationException e = Assert.Throws<InvalidOperationException>(model.Bits);
        Assert.Contains("load the last checkpoint", e.Message, StringComparison.Ordinal);
        using HostedTrainer next = CudaModels.OnCuda(model);
        next.Trainer.Load(folder);
        Assert.True(double.IsFinite(next.Step(CudaModels.Window(1))));
        System.IO.Directory.Delete(folder, recursive: true);
    }

    [RequiresStandInFact]
    public void A_disposed_trainer_has_neither_moments_nor_gradients()
    {
        HostedTrainer trainer = CudaModels.OnCuda(CudaModels.Create(), new Adam());
        CudaModels.Train(trainer, 0, 1);
        trainer.Dispose();
        trainer.Dispose();
        Assert.Throws<ObjectDisposedException>(() => trainer.Trainer.Gradient("Next.bias"));
        Assert.ThrowsAny<Exception>(() => trainer.Trainer.Save(System.IO.Path.Combine(AppContext.BaseDirectory, "never")));
    }

    [RequiresStandInFact]
    public void Windows_of_many_lengths_keep_a_bounded_number_of_graphs()
    {
        GraphCache<int> cache = new();
        using var stream = new CudaStream(TestDevice.Open());
        for (int i = 0; i < 2 * GraphCache<int>.Capacity; i++)
        {
            cache.Add(i, new StepGraph(CudaGraph.Capture(stream, () => { }), 0, []));
            Assert.InRange(cache.Count, 1, GraphCache<int>.Capacity);
            Assert.NotNull(cache.Find(0));
        }

        Assert.Null(cache.Find(1)); // 0 was used all the time
        cache.Dispose();
    }

    private static (double[] Losses, int[] Bits) Run(string variant)
    {
        HostedModel model = CudaModels.Create(seed: 2);
        using HostedTrainer trainer = CudaModels.OnCuda(model, new Sgd { LearningRate = 0.5, Momentum = 0.5 }, variant);
        return (CudaModels.Train(trainer, 0, 6), model.Bits());
    }

    private static bool Same((double[] Losses, int[] Bits) x, (double[] Losses, int[] Bits) y) => x.Losses.SequenceEqual(y.Losses) && x.Bits.SequenceEqual(y.Bits);
}
