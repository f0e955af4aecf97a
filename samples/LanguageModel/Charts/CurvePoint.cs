namespace SdCompiler.Samples.LanguageModel.Charts;

/// <summary>One point of a learning curve.</summary>
/// <param name="Epoch">Epochs trained, from 1; fractions where training stopped inside an epoch.</param>
/// <param name="Perplexity">The perplexity there.</param>
internal readonly record struct CurvePoint(double Epoch, double Perplexity);
