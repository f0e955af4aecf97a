using System;
using System.Collections.Generic;
using System.Reflection;
using SdCompiler.Cuda.Tests.Harness;
using SdCompiler.Trainer.Tests.Harness;
using Xunit;

namespace SdCompiler.Cuda.Tests.Trainers;

/// <summary>What the device lacks is refused in one sentence, before anything has changed.</summary>
public sealed class RefusalTests
{
    [RequiresStandInFact]
    public void An_optimizer_without_a_kernel_is_refused()
    {
        ArgumentException e = Assert.Throws<ArgumentException>(() => CudaModels.OnCuda(CudaModels.Create(), new Asgd()));
        Assert.Contains("Asgd has no kernel on the device; use Sgd, Adam or AdamW, or train on the CPU", e.Message, StringComparison.Ordinal);
    }

    [RequiresStandInFact]
    public void A_batch_of_a_drawn_length_is_refused()
    {
        HostedModel model = CudaModels.Create();
        using HostedTrainer trainer = CudaModels.OnCuda(model);
        LstmBatch batch = model.Batch(CudaModels.Window(0));
        batch.LengthScale = 0.5;
        int[] before = model.Bits();
        ArgumentException e = Assert.Throws<ArgumentException>(() => trainer.Trainer.GetType().GetMethod("Step", [batch.GetType()])!.InvokeUnwrapped(trainer.Trainer, batch));
        Assert.Contains("trains on the CPU only", e.Message, StringComparison.Ordinal);
        Assert.Equal(before, model.Bits());
    }
}
