using System;

namespace SdCompiler;

/// <summary>The learning rate as a function of where training is. A schedule has no memory, so a resumed run continues it exactly.</summary>
public abstract class LearningRateSchedule
{
    private protected LearningRateSchedule()
    {
    }

    /// <summary>The rate for the next step.</summary>
    /// <param name="epoch">The epoch, from 0.</param>
    /// <param name="step">The step since training began, from 0.</param>
    /// <param name="stepsPerEpoch">Steps in one epoch.</param>
    public abstract double RateAt(int epoch, long step, int stepsPerEpoch);

    /// <summary>The same rate for ever.</summary>
    /// <param name="rate">The rate.</param>
    public static LearningRateSchedule Constant(double rate) => new ConstantSchedule(rate);

    /// <summary>Full rate for some epochs, then a factor more for each further epoch: <c>rate * decay^max(epoch + 1 - fullEpochs, 0)</c> (Zaremba et al. 2014, arXiv:1409.2329).</summary>
    /// <param name="rate">The rate of the first epochs.</param>
    /// <param name="fullEpochs">How many epochs have the full rate.</param>
    /// <param name="decay">The factor of each epoch after that, such as 0.5.</param>
    public static LearningRateSchedule Zaremba(double rate, int fullEpochs, double decay) => new ZarembaSchedule(rate, fullEpochs, decay);

    /// <summary>A factor every so many epochs: <c>rate * factor^floor(epoch / every)</c>.</summary>
    /// <param name="rate">The rate of the first epochs.</param>
    /// <param name="every">Epochs from one change to the next, at least 1.</param>
    /// <param name="factor">The factor, such as 0.1.</param>
    public static LearningRateSchedule Step(double rate, int every, double factor) => new StepSchedule(rate, every, factor);

    /// <summary>Half a cosine from the rate down to a minimum over all steps, after an optional linear warm-up (Loshchilov and Hutter 2017, without restarts).</summary>
    /// <param name="rate">The highest rate.</param>
    /// <param name="totalSteps">The step at which the minimum is reached; it stays there.</param>
    /// <param name="minimum">The rate at the end.</param>
    /// <param name="warmUpSteps">Steps during which the rate rises linearly to the highest.</param>
    public static LearningRateSchedule Cosine(double rate, long totalSteps, double minimum = 0, long warmUpSteps = 0) =>
        new CosineSchedule(rate, totalSteps, minimum, warmUpSteps);

    /// <summary>Falls as one over the epochs: <c>rate / (1 + decay * epoch)</c>, from the epoch 0 (Ma and Hovy 2016, arXiv:1603.01354).</summary>
    /// <param name="rate">The rate of the first epoch.</param>
    /// <param name="decay">How fast it falls, such as 0.05; 0 leaves it.</param>
    public static LearningRateSchedule Inverse(double rate, double decay) => new InverseSchedule(rate, decay);

    private protected static double CheckRate(double rate, string name)
    {
        if (!(rate >= 0) || double.IsInfinity(rate))
        {
            throw new ArgumentOutOfRangeException(name, rate, "A learning rate is a finite number, 0 or more.");
        }

        return rate;
    }

    private protected static double CheckFactor(double factor, string name)
    {
        if (!(factor > 0) || double.IsInfinity(factor))
        {
            throw new ArgumentOutOfRangeException(name, factor, "A decay factor is a finite number above 0.");
        }

        return factor;
    }
}
