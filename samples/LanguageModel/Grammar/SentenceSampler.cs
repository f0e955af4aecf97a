using System.Collections.Generic;
using SdCompiler.Samples.Shared;

namespace SdCompiler.Samples.LanguageModel.Grammar;

/// <summary>Draws sentences from a grammar.</summary>
internal sealed class SentenceSampler(ProbabilisticGrammar grammar, ulong seed)
{
    private readonly SplitMix64 _random = new(seed);

    /// <summary>Appends the words of a new sentence.</summary>
    /// <param name="words">Where to.</param>
    /// <returns>The probability of the derivation that was drawn.</returns>
    public double Draw(List<int> words) => Rewrite(0, words);

    private double Rewrite(int symbol, List<int> words)
    {
        GrammarRule[] rules = grammar.Rules[symbol];
        double left = _random.NextDouble();
        int chosen = 0;
        while (chosen < rules.Length - 1 && left >= rules[chosen].Probability)
        {
            left -= rules[chosen].Probability;
            chosen++;
        }

        double probability = rules[chosen].Probability;
        foreach (int part in rules[chosen].Body)
        {
            if (part < 0)
            {
                words.Add(~part);
            }
            else
            {
                probability *= Rewrite(part, words);
            }
        }

        return probability;
    }
}
