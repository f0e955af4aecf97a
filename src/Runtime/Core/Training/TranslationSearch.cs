using System;
using System.Collections.Generic;

namespace SdCompiler.Runtime;

/// <summary>Searches for translations of a group of sentences with one body: the encoder once, then the decoder step by step over all unfinished translations of all sentences.</summary>
internal sealed class TranslationSearch : ILaneWork
{
    private readonly TranslationBody _body;
    private readonly Lane _lane;
    private readonly BatchLayout _layout = new();
    private readonly int[] _positions;
    private bool _encodes;

    public TranslationSearch(TranslationBody body, KernelSet kernels)
    {
        _body = body;
        _lane = new Lane(kernels);
        _positions = new int[body.Window.BatchSize];
    }

    /// <summary>Rows that the body has room for.</summary>
    public int Rows => _body.Window.BatchSize;

    /// <summary>Tokens of a sentence that the body has room for.</summary>
    public int Steps => _body.Window.Source.TimeSteps;

    public TranslationBody Body => _body;

    /// <summary>Who else computes, or null for nobody.</summary>
    public PredictorTeam? Team { get; set; }

    public void Execute(Lane lane)
    {
        if (_encodes)
        {
            _body.Encode(lane, _body.Window);
        }
        else
        {
            _body.Step(lane, _body.Window);
        }
    }

    /// <summary>Translates sentences, as many as there is room for with their beams.</summary>
    public void Run(ReadOnlySpan<ReadOnlyMemory<int>> sources, TranslationOptions options, Span<Translation[]> results)
    {
        Window window = _body.Window;
        Load(sources);
        var sentences = new BeamSentence[sources.Length];
        for (int i = 0; i < sentences.Length; i++)
        {
            sentences[i] = new BeamSentence(options);
            window.SourceRows[i] = _positions[i];
        }

        window.SetShape(1, sources.Length);
        _body.Clear();
        Compute(encodes: true);
        Span<int> parents = new int[window.BatchSize];
        while (true)
        {
            Feed(sentences);
            Compute(encodes: false);
            int rows = Advance(sentences, sources, options.Alignments && _body.Alpha >= 0, parents);
            if (rows == 0)
            {
                break;
            }

            _body.Continue(parents[..rows]);
            window.SetShape(1, rows);
        }

        for (int i = 0; i < sentences.Length; i++)
        {
            results[i] = sentences[i].Result();
        }
    }

    /// <summary>Copies the sentences into the source's window, longest first.</summary>
    private void Load(ReadOnlySpan<ReadOnlyMemory<int>> sources)
    {
        int[] lengths = new int[sources.Length];
        int[] rows = new int[sources.Length];
        int longest = 1;
        for (int i = 0; i < lengths.Length; i++)
        {
            (lengths[i], rows[i]) = (sources[i].Length, i);
            longest = Math.Max(longest, lengths[i]);
        }

        Window source = _body.Window.Source;
        _layout.Set(lengths.Length, longest, lengths);
        _layout.SetGroup(lengths, rows, _positions);
        source.SetShape(_layout.Lengths);
        Span<int> tokens = source.Tokens(0);
        for (int position = 0; position < lengths.Length; position++)
        {
            ReadOnlySpan<int> from = sources[_layout.Order[position]].Span;
            for (int t = 0; t < from.Length; t++)
            {
                tokens[(t * source.BatchSize) + position] = from[t];
            }
        }
    }

    private void Feed(BeamSentence[] sentences)
    {
        Span<int> tokens = _body.Window.Tokens(0);
        int row = 0;
        foreach (BeamSentence sentence in sentences)
        {
            for (int i = 0; i < sentence.Rows; i++)
            {
                tokens[row++] = sentence.Token(i);
            }
        }
    }

    /// <summary>Lets each sentence choose, and lines up the rows of the next step.</summary>
    private int Advance(BeamSentence[] sentences, ReadOnlySpan<ReadOnlyMemory<int>> sources, bool aligns, Span<int> parents)
    {
        int from = 0, to = 0;
        for (int i = 0; i < sentences.Length; i++)
        {
            BeamSentence sentence = sentences[i];
            int rows = sentence.Rows;
            if (rows == 0)
            {
                continue;
            }

            BeamRows outputs = new(_body.Ws, _body.Output + (from * _body.OutputStride), _body.OutputStride, _body.OutputWidth);
            sentence.Advance(outputs, aligns ? new BeamRows(_body.Ws, _body.Alpha + (from * _body.AlphaStride), _body.AlphaStride, sources[i].Length) : null);
            for (int row = 0; row < sentence.Rows; row++)
            {
                parents[to] = from + sentence.Parent(row);
                _body.Window.SourceRows[to++] = _positions[i];
            }

            from += rows;
        }

        return to;
    }

    private void Compute(bool encodes)
    {
        _encodes = encodes;
        if (Team is null || !Team.TryRun(this))
        {
            Execute(_lane); // the same bits as with any number of lanes
        }
    }
}
