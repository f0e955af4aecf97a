using System;
using System.Collections.Generic;
using System.Threading;
using SdCompiler.Runtime;

namespace SdCompiler;

/// <summary>
/// The base of every compiled predictor of an encoder-decoder: translates sentences of any length by beam search. Many threads may use one predictor at the same time;
/// training the same model meanwhile is not allowed.
/// </summary>
public abstract class TranslationPredictor
{
    /// <summary>Bodies have room for a multiple of so many source tokens, so that not every longer sentence needs a new one.</summary>
    private const int StepsAtOnce = 32;

    private readonly Func<int, int, TranslationBody> _create;
    private readonly KernelSet _kernels;
    private readonly int _rows;
    private readonly Stack<TranslationSearch> _idle = new();
    private readonly Lock _gate = new();
    private PredictorTeam? _team;

    /// <summary>A predictor; called by emitted code.</summary>
    /// <param name="create">Makes a body for a number of rows and source steps.</param>
    /// <param name="rows">Rows that are computed together, at least 1.</param>
    /// <param name="kernels">The kernel set to use, or null for the best.</param>
    /// <exception cref="ArgumentException">There are no rows, or the kernel set does not exist.</exception>
    protected TranslationPredictor(Func<int, int, TranslationBody> create, int rows, string? kernels = null)
    {
        ArgumentNullException.ThrowIfNull(create);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        _create = create;
        _rows = rows;
        _kernels = kernels is null ? KernelSet.Best : KernelSet.ByName(kernels);
        _idle.Push(new TranslationSearch(create(rows, StepsAtOnce), _kernels));
    }

    /// <summary>Threads that compute a call, the caller's included: 1 at first; 0 takes as many as the machine (or container) has processors. Results are the same bits for any number. To be set while no call runs.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A negative number of threads, or more than 1024.</exception>
    public int Threads
    {
        get => _team?.Count ?? 1;
        set
        {
            lock (_gate)
            {
                PredictorTeam? team = value == 1 ? null : new PredictorTeam(value, _kernels);
                _team?.Dispose();
                _team = team;
            }
        }
    }

    /// <summary>The best translation of a sentence.</summary>
    /// <param name="source">The sentence's tokens, of any length from 1 up.</param>
    /// <param name="options">How to search.</param>
    /// <exception cref="ArgumentException">The sentence is empty, a token is outside the source's vocabulary, or a setting is out of its range.</exception>
    public Translation Translate(ReadOnlySpan<int> source, TranslationOptions options) => Translate([source.ToArray()], options)[0][0];

    /// <summary>Translates many sentences; as many as the predictor has rows for, with their beams, are computed together.</summary>
    /// <param name="sources">The sentences' tokens.</param>
    /// <param name="options">How to search.</param>
    /// <returns>For each sentence its best translations, best first: at most <see cref="TranslationOptions.Best"/>, at least one.</returns>
    /// <exception cref="ArgumentException">A sentence is empty, a token is outside the source's vocabulary, or a setting is out of its range.</exception>
    public IReadOnlyList<Translation[]> Translate(IReadOnlyList<ReadOnlyMemory<int>> sources, TranslationOptions options)
    {
        ArgumentNullException.ThrowIfNull(sources);
        ArgumentNullException.ThrowIfNull(options);
        ReadOnlyMemory<int>[] sentences = [.. sources];
        int longest = 1;
        foreach (ReadOnlyMemory<int> sentence in sentences)
        {
            longest = Math.Max(longest, sentence.Length);
        }

        int together = Math.Min(Math.Max(1, _rows / Math.Max(1, options.BeamWidth)), Math.Max(1, sentences.Length));
        TranslationSearch search = Rent(1, 1);
        try
        {
            options.Check(search.Body.OutputWidth);
            Check(sentences, search.Body.Window.Source.Inputs[0].Vocabulary);
        }
        finally
        {
            Return(search);
        }

        var results = new Translation[sentences.Length][];
        search = Rent(checked(together * options.BeamWidth), longest);
        try
        {
            for (int first = 0; first < sentences.Length; first += together)
            {
                int count = Math.Min(together, sentences.Length - first);
                search.Run(sentences.AsSpan(first, count), options, results.AsSpan(first, count));
            }
        }
        finally
        {
            Return(search);
        }

        return results;
    }

    private static void Check(ReadOnlyMemory<int>[] sentences, int vocabulary)
    {
        for (int i = 0; i < sentences.Length; i++)
        {
            ReadOnlySpan<int> tokens = sentences[i].Span;
            if (tokens.IsEmpty)
            {
                throw new ArgumentException($"Sentence {i} is empty; leave out sentences without tokens.");
            }

            for (int t = 0; t < tokens.Length; t++)
            {
                if ((uint)tokens[t] >= (uint)vocabulary)
                {
                    throw new ArgumentException($"Sentence {i} has {tokens[t]} at step {t}; the {vocabulary} tokens of the source side are 0 to {vocabulary - 1}.");
                }
            }
        }
    }

    private TranslationSearch Rent(int rows, int steps)
    {
        TranslationSearch? search;
        lock (_gate)
        {
            _idle.TryPop(out search);
        }

        if (search is null || search.Rows < rows || search.Steps < steps)
        {
            int most = Math.Max(_rows, Math.Max(rows, search?.Rows ?? 0));
            int longest = Math.Max((steps + StepsAtOnce - 1) / StepsAtOnce * StepsAtOnce, search?.Steps ?? 0);
            search = new TranslationSearch(_create(most, longest), _kernels);
        }

        search.Body.Parameters.BringHome();
        search.Team = _team;
        return search;
    }

    private void Return(TranslationSearch search)
    {
        lock (_gate)
        {
            _idle.Push(search);
        }
    }
}
