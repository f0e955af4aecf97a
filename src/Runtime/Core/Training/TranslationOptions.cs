using System;

namespace SdCompiler;

/// <summary>How a predictor searches for translations.</summary>
public sealed class TranslationOptions
{
    /// <summary>Rows of a beam that memory and the offsets of a workspace still take; searches use 5 or 10.</summary>
    private const int WidestBeam = 10_000;

    /// <summary>The token that the target side starts with.</summary>
    public required int Begin { get; init; }

    /// <summary>The token that ends a translation.</summary>
    public required int End { get; init; }

    /// <summary>How many unfinished translations are kept at each step; 1 takes the most probable token each time (greedy), and 10,000 are the most.</summary>
    public int BeamWidth { get; init; } = 1;

    /// <summary>How many translations of each sentence are returned, best first; at most <see cref="BeamWidth"/>.</summary>
    public int Best { get; init; } = 1;

    /// <summary>The most tokens of a translation, the end token counted; one that has not ended then is cut there.</summary>
    public int MaximumLength { get; init; } = 100;

    /// <summary>How scores allow for length.</summary>
    public LengthNormalization Normalization { get; init; } = LengthNormalization.Length;

    /// <summary>The exponent of <see cref="LengthNormalization.Wu"/>.</summary>
    public double LengthPenalty { get; init; } = 0.6;

    /// <summary>Whether the attention weights of each token are returned.</summary>
    public bool Alignments { get; init; }

    /// <summary>The score of a translation.</summary>
    /// <param name="logProbability">The sum of the log-probabilities of its tokens.</param>
    /// <param name="tokens">How many tokens, the end token counted.</param>
    public double Score(double logProbability, int tokens) => Normalization switch
    {
        LengthNormalization.Length => logProbability / tokens,
        LengthNormalization.Wu => logProbability / Math.Pow((5 + tokens) / 6.0, LengthPenalty),
        _ => logProbability,
    };

    /// <exception cref="ArgumentException">A setting is out of its range.</exception>
    internal void Check(int classes)
    {
        CheckToken(Begin, nameof(Begin), classes);
        CheckToken(End, nameof(End), classes);
        CheckAtLeastOne(BeamWidth, nameof(BeamWidth));
        if (BeamWidth > WidestBeam)
        {
            throw new ArgumentException($"TranslationOptions.BeamWidth is {BeamWidth}; use at most {WidestBeam}.");
        }

        CheckAtLeastOne(Best, nameof(Best));
        CheckAtLeastOne(MaximumLength, nameof(MaximumLength));
        if (Best > BeamWidth)
        {
            throw new ArgumentException($"TranslationOptions.Best is {Best} and BeamWidth {BeamWidth}; ask for at most as many translations as the beam is wide.");
        }

        if (!Enum.IsDefined(Normalization))
        {
            throw new ArgumentException($"TranslationOptions.Normalization is {Normalization}; use None, Length or Wu.");
        }

        if (!(LengthPenalty >= 0 && double.IsFinite(LengthPenalty)))
        {
            throw new ArgumentException($"TranslationOptions.LengthPenalty is {LengthPenalty}; use a finite number from 0 up.");
        }
    }

    private static void CheckToken(int token, string name, int classes)
    {
        if ((uint)token >= (uint)classes)
        {
            throw new ArgumentException($"TranslationOptions.{name} is {token}; the {classes} tokens of the target side are 0 to {classes - 1}.");
        }
    }

    private static void CheckAtLeastOne(int value, string name)
    {
        if (value < 1)
        {
            throw new ArgumentException($"TranslationOptions.{name} is {value}; use at least 1.");
        }
    }
}
