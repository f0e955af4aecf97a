using System.Collections.Generic;
using System.Linq;

namespace SdCompiler.Samples.LanguageModel.Grammar;

/// <summary>A probabilistic context-free grammar: every sentence is drawn by rewriting the first symbol, rule by rule.</summary>
internal sealed class ProbabilisticGrammar
{
    /// <summary>A grammar.</summary>
    /// <param name="symbols">Names of the symbols; the first starts every sentence.</param>
    /// <param name="words">The words.</param>
    /// <param name="rules">The rules of each symbol; their probabilities add to 1.</param>
    public ProbabilisticGrammar(IReadOnlyList<string> symbols, IReadOnlyList<string> words, IReadOnlyList<GrammarRule[]> rules)
    {
        Symbols = symbols;
        Words = words;
        Rules = rules;
        ShortestLength = FindShortestLengths(rules);
    }

    public IReadOnlyList<string> Symbols { get; }

    public IReadOnlyList<string> Words { get; }

    public IReadOnlyList<GrammarRule[]> Rules { get; }

    /// <summary>The fewest words that each symbol can become; the inside algorithm skips shorter spans.</summary>
    public int[] ShortestLength { get; }

    private static int[] FindShortestLengths(IReadOnlyList<GrammarRule[]> rules)
    {
        const int Unknown = 1 << 20;
        int[] shortest = Enumerable.Repeat(Unknown, rules.Count).ToArray();
        bool changed = true;
        while (changed)
        {
            changed = false;
            for (int symbol = 0; symbol < shortest.Length; symbol++)
            {
                int length = rules[symbol].Min(rule => rule.Body.Sum(part => part < 0 ? 1 : shortest[part]));
                if (length < shortest[symbol])
                {
                    shortest[symbol] = length;
                    changed = true;
                }
            }
        }

        return shortest;
    }
}
