using System;
using System.Diagnostics;
using SdCompiler.Runtime;
using SdCompiler.Samples.Benchmarks.Models;
using SdCompiler.Samples.LanguageModel.Models;

namespace SdCompiler.Samples.Benchmarks.Measuring;

/// <summary>Reads random tokens with a model, one at a time, the state going on, and measures each.</summary>
internal sealed class TokenMeter
{
    private const int Tokens = 1024;

    private readonly TokenPredictor _predictor;
    private readonly LstmState _state;
    private readonly float[] _logProbabilities;
    private readonly int[] _tokens;
    private double[] _times = new double[20];
    private int _next;

    /// <summary>Makes a predictor.</summary>
    /// <param name="model">The model.</param>
    /// <param name="kernels">Its kernels.</param>
    /// <param name="threads">Its threads.</param>
    public TokenMeter(LanguageModelInstance model, KernelSet kernels, int threads)
    {
        _predictor = model.CreatePredictor();
        _predictor.Kernels = kernels;
        _predictor.Threads = threads;
        _state = _predictor.CreateState();
        _logProbabilities = new float[model.Vocabulary];
        _tokens = RandomTokens.Draw(model.Vocabulary, Tokens);
    }

    /// <summary>Runs until the code is compiled for good, and finds out how many tokens fill a time.</summary>
    /// <param name="milliseconds">About how long a measurement is to take; at least a few tokens.</param>
    public void WarmUp(double milliseconds)
    {
        long started = Stopwatch.GetTimestamp();
        double last;
        do
        {
            last = Measure();
        }
        while (Stopwatch.GetElapsedTime(started).TotalMilliseconds < 2 * milliseconds);
        _times = new double[Math.Max(_times.Length, (int)Math.Round(milliseconds / last))];
    }

    /// <summary>One measurement.</summary>
    /// <returns>Milliseconds of a token: the median of those that it read, as peers report it.</returns>
    public double Measure()
    {
        foreach (ref double time in _times.AsSpan())
        {
            long started = Stopwatch.GetTimestamp();
            _predictor.Next(_state, _tokens.AsSpan(_next, 1), _logProbabilities);
            time = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            _next = (_next + 1) % Tokens;
        }

        return Statistics.Median(_times);
    }
}
