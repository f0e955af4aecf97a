using System;

namespace SdCompiler.Samples.LanguageModel.Models;

/// <summary>A model of any class of this sample, by what the commands do with it.</summary>
/// <param name="Vocabulary">Words of its vocabulary.</param>
/// <param name="CreateTrainer">Makes a trainer of a variant.</param>
/// <param name="CreatePredictor">Makes a predictor.</param>
internal sealed record LanguageModelInstance(
    int Vocabulary,
    Func<Optimizer, Dropout, TrainerOptions, TokenTrainer> CreateTrainer,
    Func<TokenPredictor> CreatePredictor);
