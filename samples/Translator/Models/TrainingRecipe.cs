using System;
using System.Collections.Generic;

namespace SdCompiler.Samples.Translator.Models;

/// <summary>How a model is trained.</summary>
/// <param name="Epochs">Passes over the training text.</param>
/// <param name="Optimizer">One of <see cref="Optimizers"/>.</param>
/// <param name="Rate">The learning rate of the first epochs.</param>
/// <param name="FullEpochs">The epochs after which the rate falls at the latest.</param>
/// <param name="Decay">What the rate is multiplied by after each epoch from then on.</param>
/// <param name="ClipNorm">The longest gradient that is used as it is.</param>
internal sealed record TrainingRecipe(int Epochs, string Optimizer, double Rate, int FullEpochs, double Decay, double ClipNorm)
{
    private const string Sgd = "sgd";
    private const string Adam = "adam";

    /// <summary>Values of <c>--optimizer</c>.</summary>
    public static readonly string[] Optimizers = [Sgd, Adam];

    /// <summary>The rate that suits an optimizer when nothing else is said.</summary>
    public static double RateOf(string optimizer) => optimizer == Adam ? 0.001 : 1;

    /// <summary>A new optimizer.</summary>
    public Optimizer CreateOptimizer() => Optimizer switch
    {
        Sgd => new Sgd { LearningRate = Rate, ClipNorm = ClipNorm },
        Adam => new Adam { LearningRate = Rate, ClipNorm = ClipNorm },
        _ => throw new InvalidOperationException($"There is no optimizer '{Optimizer}'."),
    };

    /// <summary>
    /// The rate of the next epoch, as OpenNMT has it: it begins to fall after <see cref="FullEpochs"/> epochs, or after the first whose validation
    /// was worse than the one before, and goes on falling after every epoch.
    /// </summary>
    /// <param name="validations">The validation perplexity of each epoch so far.</param>
    public double RateAfter(IReadOnlyList<double> validations)
    {
        double rate = Rate;
        bool falls = false;
        for (int epoch = 0; epoch < validations.Count; epoch++)
        {
            falls |= epoch + 1 >= FullEpochs || (epoch > 0 && !(validations[epoch] <= validations[epoch - 1]));
            rate *= falls ? Decay : 1;
        }

        return rate;
    }
}
