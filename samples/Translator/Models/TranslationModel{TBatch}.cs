using System;
using SdCompiler.Samples.Translator.Training;

namespace SdCompiler.Samples.Translator.Models;

/// <summary>A model of one class.</summary>
/// <typeparam name="TBatch">The model's batch type.</typeparam>
/// <param name="createTrainer">Makes a trainer of a variant.</param>
/// <param name="form">How pairs become a batch of the model.</param>
internal sealed class TranslationModel<TBatch>(Func<Optimizer, Dropout, TrainerOptions, LstmTrainer<TBatch>> createTrainer, BatchForm<TBatch> form) : TranslationModel
    where TBatch : TranslationBatch
{
    public override ModelTrainer CreateTrainer(Optimizer optimizer, Dropout variant, TrainerOptions options)
    {
        LstmTrainer<TBatch> trainer = createTrainer(optimizer, variant, options);
        return new ModelTrainer<TBatch>(trainer, form, trainer.Evaluate);
    }
}
