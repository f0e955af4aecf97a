using System;

namespace SdCompiler.Samples.LanguageModel.Grammar;

/// <summary>The exact probability of a sentence: the sum over all its derivations (Baker 1979; here with memory over spans, top down).</summary>
/// <remarks>Needs a grammar without rules that lead from a symbol to itself alone; every rule has at least one word or symbol.</remarks>
internal sealed class InsideAlgorithm(ProbabilisticGrammar grammar)
{
    private int[] _words = [];
    private double[] _memory = [];

    /// <summary>The probability that the grammar gives a sentence; 0 for what is no sentence.</summary>
    /// <param name="words">Word numbers of the grammar.</param>
    public double Probability(ReadOnlySpan<int> words)
    {
        if (words.IsEmpty)
        {
            return 0;
        }

        _words = words.ToArray();
        int cells = grammar.Symbols.Count * words.Length * words.Length;
        if (_memory.Length < cells)
        {
            _memory = new double[cells];
        }

        _memory.AsSpan(0, cells).Fill(double.NaN);
        return OfSymbol(0, 0, words.Length);
    }

    /// <summary>The probability that a symbol becomes the words from start up to, not including, end.</summary>
    private double OfSymbol(int symbol, int start, int end)
    {
        if (end - start < grammar.ShortestLength[symbol])
        {
            return 0;
        }

        int cell = (((symbol * _words.Length) + start) * _words.Length) + end - 1;
        if (!double.IsNaN(_memory[cell]))
        {
            return _memory[cell];
        }

        double sum = 0;
        foreach (GrammarRule rule in grammar.Rules[symbol])
        {
            sum += rule.Probability * OfBody(rule.Body, start, end);
        }

        _memory[cell] = sum;
        return sum;
    }

    private double OfBody(ReadOnlySpan<int> body, int start, int end)
    {
        int part = body[0];
        ReadOnlySpan<int> rest = body[1..];
        if (part < 0)
        {
            bool fits = start < end && _words[start] == ~part;
            return !fits || (rest.IsEmpty && start + 1 < end) ? 0 : rest.IsEmpty ? 1 : OfBody(rest, start + 1, end);
        }

        if (rest.IsEmpty)
        {
            return OfSymbol(part, start, end);
        }

        int needed = 0;
        foreach (int other in rest)
        {
            needed += other < 0 ? 1 : grammar.ShortestLength[other];
        }

        double sum = 0;
        for (int middle = start + grammar.ShortestLength[part]; middle <= end - needed; middle++)
        {
            double left = OfSymbol(part, start, middle);
            if (left > 0)
            {
                sum += left * OfBody(rest, middle, end);
            }
        }

        return sum;
    }
}
