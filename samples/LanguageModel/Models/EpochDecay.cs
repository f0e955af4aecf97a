namespace SdCompiler.Samples.LanguageModel.Models;

/// <summary>The learning rate's course by epochs: full at first, then a factor more for each further epoch.</summary>
/// <param name="FullEpochs">Epochs with the full rate.</param>
/// <param name="Factor">The factor of every further epoch, above 0 and at most 1.</param>
internal sealed record EpochDecay(int FullEpochs, double Factor);
