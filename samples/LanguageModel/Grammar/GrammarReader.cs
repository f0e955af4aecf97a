using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace SdCompiler.Samples.LanguageModel.Grammar;

/// <summary>Reads the notation that the head of <c>english.grammar</c> explains.</summary>
internal sealed class GrammarReader
{
    /// <summary>Of word lists: the k-th word (from 1) has weight 1 / (k + this).</summary>
    private const double RankOffset = 2;

    private readonly Dictionary<string, string[]> _sets = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _symbolIndex = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _wordIndex = new(StringComparer.Ordinal);
    private readonly List<string> _symbols = [];
    private readonly List<List<(double Weight, int[] Body)>> _rules = [];
    private readonly List<int> _firstUse = [];
    private readonly List<string> _words = [];

    private GrammarReader()
    {
    }

    /// <summary>Reads a grammar.</summary>
    /// <param name="text">The notation.</param>
    /// <exception cref="GrammarException">A line is not in the notation, a symbol has no rule or no end.</exception>
    public static ProbabilisticGrammar Read(string text) => new GrammarReader().ReadAll(text);

    private ProbabilisticGrammar ReadAll(string text)
    {
        using StringReader lines = new(text);
        int number = 0;
        while (lines.ReadLine() is string line)
        {
            number++;
            int comment = line.IndexOf('#', StringComparison.Ordinal);
            string[] parts = (comment < 0 ? line : line[..comment]).Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (parts.Length > 0)
            {
                ReadLine(parts, number);
            }
        }

        for (int symbol = 0; symbol < _symbols.Count; symbol++)
        {
            if (_rules[symbol].Count == 0)
            {
                throw new GrammarException(_firstUse[symbol], $"no rule says what {_symbols[symbol]} becomes");
            }
        }

        ProbabilisticGrammar grammar = new(_symbols, _words, _rules.Select(Normalise).ToArray());
        for (int symbol = 0; symbol < _symbols.Count; symbol++)
        {
            if (grammar.ShortestLength[symbol] >= 1 << 20)
            {
                throw new GrammarException(_firstUse[symbol], $"{_symbols[symbol]} never becomes words");
            }
        }

        return grammar;
    }

    private void ReadLine(string[] parts, int number)
    {
        if (parts.Length < 3)
        {
            throw new GrammarException(number, "expected 'set NAME values', 'Head = weight symbols | ...' or 'Head ~ words'");
        }

        if (parts[0] == "set")
        {
            _sets[parts[1]] = parts[2..];
            return;
        }

        foreach (Dictionary<string, string> values in Assignments(Variables(parts[0]), []))
        {
            int head = Symbol(Substitute(parts[0], values), number);
            switch (parts[1])
            {
                case "~":
                    for (int k = 2; k < parts.Length; k++)
                    {
                        _rules[head].Add((1 / (k - 1 + RankOffset), [~Word(parts[k])]));
                    }

                    break;
                case "=":
                    ReadAlternatives(head, parts[2..], values, number);
                    break;
                default:
                    throw new GrammarException(number, $"expected '=' or '~' after {parts[0]} and not '{parts[1]}'");
            }
        }
    }

    private void ReadAlternatives(int head, string[] parts, Dictionary<string, string> values, int number)
    {
        foreach (string alternative in string.Join(' ', parts).Split('|'))
        {
            string[] pieces = alternative.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            double weight = 1;
            int first = 0;
            if (pieces.Length > 0 && double.TryParse(pieces[0], NumberStyles.Float, CultureInfo.InvariantCulture, out double given))
            {
                weight = given;
                first = 1;
            }

            if (pieces.Length <= first || !(weight > 0) || double.IsInfinity(weight))
            {
                throw new GrammarException(number, $"the alternative '{alternative.Trim()}' needs a positive weight and at least one symbol");
            }

            string[] free = pieces[first..].SelectMany(Variables).Where(name => !values.ContainsKey(name)).Distinct().ToArray();
            Dictionary<string, string>[] drawn = Assignments(free, values).ToArray();
            foreach (Dictionary<string, string> all in drawn)
            {
                int[] body = pieces[first..].Select(piece => Part(Substitute(piece, all), number)).ToArray();
                _rules[head].Add((weight / drawn.Length, body));
            }
        }
    }

    private string[] Variables(string name) =>
        char.IsUpper(name[0]) ? name.Split('.')[1..].Where(_sets.ContainsKey).Distinct().ToArray() : [];

    private IEnumerable<Dictionary<string, string>> Assignments(string[] variables, Dictionary<string, string> known)
    {
        if (variables.Length == 0)
        {
            return [known];
        }

        return _sets[variables[0]].SelectMany(value =>
            Assignments(variables[1..], new Dictionary<string, string>(known, StringComparer.Ordinal) { [variables[0]] = value }));
    }

    private static string Substitute(string name, Dictionary<string, string> values) => char.IsUpper(name[0])
        ? string.Join('.', name.Split('.').Select((part, i) => i > 0 && values.TryGetValue(part, out string? value) ? value : part))
        : name;

    private int Part(string name, int line) => char.IsUpper(name[0]) ? Symbol(name, line) : ~Word(name);

    private int Symbol(string name, int line)
    {
        if (!char.IsUpper(name[0]))
        {
            throw new GrammarException(line, $"'{name}' is a word; what a rule rewrites starts with a capital letter");
        }

        if (!_symbolIndex.TryGetValue(name, out int symbol))
        {
            symbol = _symbols.Count;
            _symbolIndex.Add(name, symbol);
            _symbols.Add(name);
            _rules.Add([]);
            _firstUse.Add(line);
        }

        return symbol;
    }

    private int Word(string name)
    {
        if (!_wordIndex.TryGetValue(name, out int word))
        {
            word = _words.Count;
            _wordIndex.Add(name, word);
            _words.Add(name);
        }

        return word;
    }

    private static GrammarRule[] Normalise(List<(double Weight, int[] Body)> rules)
    {
        double sum = rules.Sum(rule => rule.Weight);
        return rules.Select(rule => new GrammarRule(rule.Weight / sum, rule.Body)).ToArray();
    }
}
