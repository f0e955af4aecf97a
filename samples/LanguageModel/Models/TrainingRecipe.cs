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

    /// <summary>How windows of random lengths are drawn, with the seed and the longest left open; null for windows that are all alike.</summary>
    public RandomLengths? Lengths { get; init; }

    /// <summary>Averages the weights after the first epoch that is worse than the best but the last so many (<see cref="TrainingLoop{TBatch}.NonMonotone"/>); the rate stays as it is. Null does not.</summary>
    public int? NonMonotone { get; init; }

    /// <summary>How the learning rate goes where no option says so, for messages.</summary>
    public string Course => NonMonotone is null ? "falls along half a cosine" : "stays as it is";

    /// <summary>
    /// The recipe of Merity et al. 2017 and their published code: gradient descent at rate 30, clipped at 0.25, decay 1.2e-6, averaged once validation stops improving; windows of random lengths, whose
    /// rate is multiplied by length/base.
    /// </summary>
    /// <remarks>
    /// Theirs is a loss averaged over the T steps of a window, g; ours is summed, G = T g. A step of theirs at length T is w -= rate T/base (clip(g, c) + decay w), where clip(x, c) = x min(1, c/|x|). A window that
    /// says T/base (<see cref="LstmBatch.LengthScale"/>) has its gradient divided by it, G base/T = base g, and its rate multiplied: w -= rate' T/base (clip(base g, c') + decay' w). With rate' = rate/base,
    /// c' = base c and decay' = base decay that is the same step, since clip(base g, base c) = base clip(g, c).
    /// </remarks>
    /// <param name="epochs">Epochs in all.</param>
    /// <param name="rate">The published program's rate.</param>
    /// <param name="baseLength">The length that most windows have about.</param>
    public static TrainingRecipe Awd(int epochs, double rate, int baseLength)
    {
        const double Clip = 0.25, WeightDecay = 1.2e-6;
        return new TrainingRecipe(epochs, () => new Asgd { LearningRate = rate / baseLength, ClipNorm = Clip * baseLength, WeightDecay = WeightDecay * baseLength }, Decay: null)
        {
            Lengths = new RandomLengths { Base = baseLength, Most = int.MaxValue },
            NonMonotone = 5,
        };
    }

    /// <summary>The learning rate's course.</summary>
    /// <param name="steps">Steps in all.</param>
    /// <param name="decay">How it falls by epochs, or null where it falls along half a cosine.</param>
    public LearningRateSchedule CreateSchedule(long steps, EpochDecay? decay)
    {
        double rate = CreateOptimizer().LearningRate;
        if (NonMonotone is not null)
        {
            return LearningRateSchedule.Constant(rate);
        }

        return decay is null
            ? LearningRateSchedule.Cosine(rate, steps, rate / 50)
            : LearningRateSchedule.Zaremba(rate, decay.FullEpochs, decay.Factor);
    }
}
