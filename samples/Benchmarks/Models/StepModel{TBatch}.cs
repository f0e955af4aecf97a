using System;
using SdCompiler.Runtime;
using SdCompiler.Samples.Benchmarks.Measuring;

namespace SdCompiler.Samples.Benchmarks.Models;

/// <summary>A model by its trainers and a source of random batches.</summary>
/// <typeparam name="TBatch">What its trainers take.</typeparam>
/// <param name="weights">Makes first weights, and gives what makes a trainer of them: for an optimizer, the name of a variant and options.</param>
/// <param name="optimizer">A new optimizer, as the model is trained with; its rate is set here.</param>
/// <param name="draw">Draws the batches.</param>
internal sealed class StepModel<TBatch>(
    Func<Func<Optimizer, string, TrainerOptions, LstmTrainer<TBatch>>> weights,
    Func<Optimizer> optimizer,
    Func<RandomBatches<TBatch>> draw) : StepModel
    where TBatch : LstmBatch
{
    private readonly Lazy<RandomBatches<TBatch>> _batches = new(draw);

    /// <inheritdoc/>
    public override BatchSizes Sizes => _batches.Value.Sizes;

    /// <inheritdoc/>
    public override Func<StepVariant, int, KernelSet, StepMeter> Create()
    {
        Func<Optimizer, string, TrainerOptions, LstmTrainer<TBatch>> trainers = weights();
        return (variant, threads, kernels) => new StepMeter<TBatch>(trainers(StepMeter.Slow(optimizer()), variant.Name, StepMeter.Options(threads, kernels)), _batches.Value);
    }
}
