using SdCompiler.Samples.LanguageModel.Models;

namespace SdCompiler.Samples.LanguageModel.Training;

/// <summary>A variant after its training.</summary>
/// <param name="Variant">Which.</param>
/// <param name="Model">The trained model.</param>
/// <param name="TrainPerplexity">Of the training text, without dropout.</param>
/// <param name="ValidPerplexity">Of the validation text.</param>
/// <param name="LowestValid">The lowest validation perplexity that was seen on the way.</param>
/// <param name="LowestEpoch">After which epoch, from 1.</param>
/// <param name="StepMilliseconds">Median time of a training step.</param>
internal sealed record TrainedVariant(
    Dropout Variant,
    LanguageModelInstance Model,
    double TrainPerplexity,
    double ValidPerplexity,
    double LowestValid,
    int LowestEpoch,
    double StepMilliseconds);
