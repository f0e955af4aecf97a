using System;
using System.Linq;

namespace SdCompiler.Samples.LanguageModel.Grammar;

/// <summary>
/// The entropy of a grammar's sentences in closed form. With n(A) the expected number of times that symbol A is rewritten in a sentence,
/// the entropy of the derivation is the sum of n(A) times the entropy of the choice among A's rules; n solves n = start + M^T n, where M(A, B) is the
/// expected number of B in one rewriting of A. It is the entropy of the sentence when no sentence has two derivations (Grenander 1967).
/// </summary>
internal sealed class GrammarEntropy
{
    private GrammarEntropy(double nats, double words)
    {
        NatsPerSentence = nats;
        WordsPerSentence = words;
    }

    /// <summary>Entropy of a sentence, in nats.</summary>
    public double NatsPerSentence { get; }

    /// <summary>Expected words of a sentence, its end not counted.</summary>
    public double WordsPerSentence { get; }

    /// <summary>The perplexity per word of a perfect model, where the end of a sentence counts as a word.</summary>
    public double Perplexity => Math.Exp(NatsPerSentence / (WordsPerSentence + 1));

    /// <summary>Computes the entropy.</summary>
    /// <param name="grammar">A grammar whose sentences have a finite expected length.</param>
    public static GrammarEntropy Of(ProbabilisticGrammar grammar)
    {
        double[] uses = ExpectedUses(grammar);
        double nats = 0;
        double words = 0;
        for (int symbol = 0; symbol < uses.Length; symbol++)
        {
            foreach (GrammarRule rule in grammar.Rules[symbol])
            {
                nats -= uses[symbol] * rule.Probability * Math.Log(rule.Probability);
                words += uses[symbol] * rule.Probability * rule.Body.Count(part => part < 0);
            }
        }

        return new GrammarEntropy(nats, words);
    }

    /// <summary>Solves (I - M^T) n = start by Gaussian elimination with row exchange.</summary>
    private static double[] ExpectedUses(ProbabilisticGrammar grammar)
    {
        int count = grammar.Symbols.Count;
        double[,] a = new double[count, count + 1];
        for (int symbol = 0; symbol < count; symbol++)
        {
            a[symbol, symbol] += 1;
            foreach (GrammarRule rule in grammar.Rules[symbol])
            {
                foreach (int part in rule.Body.Where(part => part >= 0))
                {
                    a[part, symbol] -= rule.Probability;
                }
            }
        }

        a[0, count] = 1;
        for (int pivot = 0; pivot < count; pivot++)
        {
            int best = pivot;
            for (int row = pivot + 1; row < count; row++)
            {
                best = Math.Abs(a[row, pivot]) > Math.Abs(a[best, pivot]) ? row : best;
            }

            for (int column = pivot; column <= count; column++)
            {
                (a[pivot, column], a[best, column]) = (a[best, column], a[pivot, column]);
            }

            for (int row = 0; row < count; row++)
            {
                double factor = row == pivot ? 0 : a[row, pivot] / a[pivot, pivot];
                for (int column = pivot; factor != 0 && column <= count; column++)
                {
                    a[row, column] -= factor * a[pivot, column];
                }
            }
        }

        return Enumerable.Range(0, count).Select(symbol => a[symbol, count] / a[symbol, symbol]).ToArray();
    }
}
