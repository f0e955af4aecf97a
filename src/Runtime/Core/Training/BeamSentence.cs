using System;
using System.Collections.Generic;

namespace SdCompiler.Runtime;

/// <summary>
/// The search for translations of one sentence. At each step the most probable continuations of all unfinished translations are kept, as many as the beam is wide; one that
/// ends leaves the beam, which is narrower by one from then on (Sutskever et al. 2014). Among equals the lower row comes first, then the lower token.
/// </summary>
internal sealed class BeamSentence
{
    private readonly TranslationOptions _options;
    private readonly List<BeamNode> _nodes = [];
    private readonly List<(int Node, double Score)> _finished = [];
    private List<int> _live = [-1];
    private int _length;

    public BeamSentence(TranslationOptions options) => _options = options;

    /// <summary>Rows of the next step.</summary>
    public int Rows => _live.Count;

    /// <summary>Whether the search has come to its end.</summary>
    public bool IsDone => _live.Count == 0;

    /// <summary>The token that a row reads at the next step.</summary>
    public int Token(int row) => _live[row] < 0 ? _options.Begin : _nodes[_live[row]].Token;

    /// <summary>The row of the last step that a row goes on from, counted from the sentence's first.</summary>
    public int Parent(int row) => _nodes[_live[row]].Row;

    /// <summary>Takes a step.</summary>
    /// <param name="logProbabilities">Of each row of the sentence.</param>
    /// <param name="alignment">The weights of each row of the sentence, or null.</param>
    public void Advance(BeamRows logProbabilities, BeamRows? alignment)
    {
        _length++;
        List<BeamNode> best = Choose(logProbabilities, _options.BeamWidth - _finished.Count);
        List<int> live = [];
        foreach (BeamNode choice in best)
        {
            _nodes.Add(alignment is BeamRows weights ? choice with { Alignment = weights[choice.Row].ToArray() } : choice);
            if (choice.Token == _options.End)
            {
                _finished.Add((_nodes.Count - 1, _options.Score(choice.LogProbability, _length)));
            }
            else
            {
                live.Add(_nodes.Count - 1);
            }
        }

        _live = _length < _options.MaximumLength && !CannotImprove(live) ? live : Cut(live);
    }

    /// <summary>The translations, best first.</summary>
    public Translation[] Result()
    {
        // A stable order: what was found first comes first among equals.
        (int Node, double Score)[] ordered = [.. _finished];
        int[] places = new int[ordered.Length];
        for (int i = 0; i < places.Length; i++)
        {
            places[i] = i;
        }

        if (places.Length == 0)
        {
            return [new Translation([], double.NaN, double.NaN, IsFinished: false)]; // no token has a probability: the model's weights are not finite
        }

        Array.Sort(places, (a, b) => ordered[a].Score != ordered[b].Score ? ordered[b].Score.CompareTo(ordered[a].Score) : a.CompareTo(b));
        return Array.ConvertAll(places[..Math.Min(_options.Best, places.Length)], place => Read(ordered[place].Node, ordered[place].Score));
    }

    /// <summary>The best continuations, best first.</summary>
    private List<BeamNode> Choose(BeamRows logProbabilities, int count)
    {
        List<BeamNode> best = new(count + 1);
        for (int row = 0; row < _live.Count; row++)
        {
            double before = _live[row] < 0 ? 0 : _nodes[_live[row]].LogProbability;
            ReadOnlySpan<float> values = logProbabilities[row];
            for (int token = 0; token < values.Length; token++)
            {
                double sum = before + values[token];
                if (!(sum > (best.Count < count ? double.NegativeInfinity : best[^1].LogProbability)))
                {
                    continue;
                }

                int place = best.Count;
                while (place > 0 && best[place - 1].LogProbability < sum)
                {
                    place--;
                }

                best.Insert(place, new BeamNode(_live[row], row, token, sum));
                if (best.Count > count)
                {
                    best.RemoveAt(count);
                }
            }
        }

        return best;
    }

    /// <summary>Whether no unfinished translation can still come among those that are asked for: probabilities only fall, and the longest length divides them most.</summary>
    private bool CannotImprove(List<int> live)
    {
        if (_finished.Count < _options.Best)
        {
            return false;
        }

        double[] scores = _finished.ConvertAll(found => found.Score).ToArray();
        Array.Sort(scores);
        double worst = scores[^_options.Best];
        foreach (int node in live)
        {
            if (_options.Score(_nodes[node].LogProbability, _options.MaximumLength) > worst)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The end of the search: what is not finished counts only where too few translations are.</summary>
    private List<int> Cut(List<int> live)
    {
        foreach (int node in live)
        {
            if (_finished.Count < _options.Best)
            {
                _finished.Add((node, _options.Score(_nodes[node].LogProbability, _length)));
            }
        }

        return [];
    }

    private Translation Read(int last, double score)
    {
        bool ends = _nodes[last].Token == _options.End;
        List<int> tokens = [];
        List<float[]>? alignments = _nodes[last].Alignment is null ? null : [];
        for (int node = last; node >= 0; node = _nodes[node].Before)
        {
            alignments?.Add(_nodes[node].Alignment!);
            if (node != last || !ends)
            {
                tokens.Add(_nodes[node].Token);
            }
        }

        tokens.Reverse();
        alignments?.Reverse();
        return new Translation(tokens, _nodes[last].LogProbability, score, ends) { Alignments = alignments };
    }
}
