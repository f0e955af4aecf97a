using System;
using SdCompiler.Samples.Translator.Decoding;
using SdCompiler.Samples.Translator.Training;

namespace SdCompiler.Samples.Translator.Models;

/// <summary>A model of one class.</summary>
/// <typeparam name="TBatch">The model's batch type.</typeparam>
/// <param name="createTrainer">Makes a trainer of a variant.</param>
/// <param name="form">How pairs become a batch of the model.</param>
/// <param name="createPredictor">Makes a predictor of so many rows.</param>
internal sealed class TranslationModel<TBatch>(
    Func<Optimizer, Dropout, TrainerOptions, LstmTrainer<TBatch>> createTrainer,
    BatchForm<TBatch> form,
    Func<int, TranslationPredictor> createPredictor) : TranslationModel
    where TBatch : TranslationBatch
{
    public override ModelTrainer CreateTrainer(Optimizer optimizer, Dropout variant, TrainerOptions options) =>
        new ModelTrainer<TBatch>(createTrainer(optimizer, variant, options), form);

    public override ISentenceTranslator CreateTranslator(int threads) => new BeamTranslator(createPredictor, threads);
}
