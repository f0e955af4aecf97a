using System;
using System.Collections.Generic;
using System.Linq;

namespace SdCompiler.Samples.Translator.Scoring;

/// <summary>What BLEU is computed from. Counts of sentences add up to those of a text; scores do not.</summary>
/// <param name="HypothesisLength">Tokens of the translation.</param>
/// <param name="ReferenceLength">Tokens of the reference closest in length; of two equally close ones the shorter.</param>
/// <param name="Correct">For n from 1 to 4, the n-grams that a reference has too, each at most as often as the reference that has it most often.</param>
/// <param name="Total">For n from 1 to 4, the n-grams of the translation.</param>
internal sealed record BleuCounts(long HypothesisLength, long ReferenceLength, IReadOnlyList<long> Correct, IReadOnlyList<long> Total)
{
    /// <summary>The longest n-grams.</summary>
    public const int Order = 4;

    /// <summary>The counts of nothing.</summary>
    public static BleuCounts Zero { get; } = new(0, 0, new long[Order], new long[Order]);

    public static BleuCounts operator +(BleuCounts a, BleuCounts b) => new(
        a.HypothesisLength + b.HypothesisLength,
        a.ReferenceLength + b.ReferenceLength,
        [.. a.Correct.Zip(b.Correct, (x, y) => x + y)],
        [.. a.Total.Zip(b.Total, (x, y) => x + y)]);

    /// <summary>The counts of one sentence.</summary>
    /// <param name="hypothesis">The tokens of the translation.</param>
    /// <param name="references">The tokens of one or more right translations.</param>
    public static BleuCounts Of(IReadOnlyList<string> hypothesis, IReadOnlyList<IReadOnlyList<string>> references)
    {
        if (references.Count == 0)
        {
            throw new ArgumentException("A translation needs a reference to be compared with; give at least one.", nameof(references));
        }

        long[] correct = new long[Order];
        long[] total = new long[Order];
        for (int n = 1; n <= Order; n++)
        {
            Dictionary<string, int> most = new(StringComparer.Ordinal);
            foreach ((string gram, int count) in references.SelectMany(reference => Grams(reference, n)))
            {
                most[gram] = Math.Max(most.GetValueOrDefault(gram), count);
            }

            foreach ((string gram, int count) in Grams(hypothesis, n))
            {
                correct[n - 1] += Math.Min(count, most.GetValueOrDefault(gram));
                total[n - 1] += count;
            }
        }

        int closest = references.Select(reference => reference.Count).OrderBy(length => Math.Abs(length - hypothesis.Count)).ThenBy(length => length).First();
        return new BleuCounts(hypothesis.Count, closest, correct, total);
    }

    /// <summary>The score of these counts.</summary>
    /// <param name="smoothing">What to do about lengths of which no n-gram is right.</param>
    public BleuScore Score(BleuSmoothing smoothing)
    {
        double penalty = HypothesisLength >= ReferenceLength ? 1 : HypothesisLength == 0 ? 0 : Math.Exp(1 - ((double)ReferenceLength / HypothesisLength));
        double[] precisions = new double[Order];
        double divisor = 1;
        if (Correct.Any(count => count > 0))
        {
            for (int n = 0; n < Order && Total[n] > 0; n++)
            {
                divisor *= Correct[n] == 0 ? 2 : 1;
                precisions[n] = Correct[n] > 0 ? 100.0 * Correct[n] / Total[n] : smoothing == BleuSmoothing.Exponential ? 100 / (divisor * Total[n]) : 0;
            }
        }

        double score = precisions.Min() > 0 ? penalty * Math.Exp(precisions.Sum(Math.Log) / Order) : 0;
        return new BleuScore(score, precisions, penalty, HypothesisLength, ReferenceLength);
    }

    /// <summary>The n-grams of a sentence with their counts; tokens hold no white space, so a space separates them safely.</summary>
    private static Dictionary<string, int> Grams(IReadOnlyList<string> tokens, int n)
    {
        Dictionary<string, int> grams = new(StringComparer.Ordinal);
        for (int i = 0; i + n <= tokens.Count; i++)
        {
            string gram = string.Join(' ', tokens.Skip(i).Take(n));
            grams[gram] = grams.GetValueOrDefault(gram) + 1;
        }

        return grams;
    }
}
