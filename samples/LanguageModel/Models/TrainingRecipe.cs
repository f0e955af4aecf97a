using System;

namespace SdCompiler.Samples.LanguageModel.Models;

/// <summary>How a model is trained.</summary>
/// <param name="Epochs">Passes over the training text, unless the user says otherwise.</param>
/// <param name="CreateOptimizer">A new optimizer.</param>
/// <param name="Decay">How the learning rate falls by epochs, or null where it falls along half a cosine over the whole run.</param>
internal sealed record TrainingRecipe(int Epochs, Func<Optimizer> CreateOptimizer, EpochDecay? Decay)
{
    /// <summary>The recipe of Zaremba et al. 2014: plain SGD from rate 1, full rate for some epochs and then a factor each, clipping by global norm.</summary>
    /// <param name="epochs">Epochs in all.</param>
    /// <param name="fullEpochs">Epochs with the full rate.</param>
    /// <param name="decay">The factor of every further epoch.</param>
    /// <param name="clipNorm">The longest gradient that is used as it is.</param>
    public static TrainingRecipe Zaremba(int epochs, int fullEpochs, double decay, double clipNorm) => new(
        epochs,
        () => new Sgd { LearningRate = 1, ClipNorm = clipNorm },
        new EpochDecay(fullEpochs, decay));

    /// <summary>The learning rate's course.</summary>
    /// <param name="steps">Steps in all.</param>
    /// <param name="decay">How it falls by epochs, or null where it falls along half a cosine.</param>
    public LearningRateSchedule CreateSchedule(long steps, EpochDecay? decay)
    {
        double rate = CreateOptimizer().LearningRate;
        return decay is null
            ? LearningRateSchedule.Cosine(rate, steps, rate / 50)
            : LearningRateSchedule.Zaremba(rate, decay.FullEpochs, decay.Factor);
    }
}
