using SdCompiler.Samples.Benchmarks.Models;

namespace SdCompiler.Samples.Benchmarks.Measuring;

/// <summary>Measures the steps of a trainer on random batches.</summary>
/// <typeparam name="TBatch">What the trainer takes.</typeparam>
/// <param name="trainer">The trainer; disposed with this.</param>
/// <param name="batches">The batches; several meters may share them.</param>
internal sealed class StepMeter<TBatch>(LstmTrainer<TBatch> trainer, RandomBatches<TBatch> batches) : StepMeter(trainer, batches.Cycle)
    where TBatch : LstmBatch
{
    private int _next;

    /// <inheritdoc/>
    protected override void Step()
    {
        trainer.Step(batches[_next]);
        _next = (_next + 1) % batches.Count;
    }
}
