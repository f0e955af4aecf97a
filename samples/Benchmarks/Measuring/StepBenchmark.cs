using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using SdCompiler.Runtime;
using SdCompiler.Samples.Benchmarks.Commands;
using SdCompiler.Samples.Benchmarks.Models;
using SdCompiler.Samples.Benchmarks.Peers;

namespace SdCompiler.Samples.Benchmarks.Measuring;

/// <summary>Measures variants, peers and the machine's peak in turns: a moment in which the machine is busy falls on all of them.</summary>
internal sealed class StepBenchmark : IDisposable
{
    /// <summary>The vocabulary of the published language models.</summary>
    public const int Vocabulary = 10_000;

    /// <summary>Of the model's first weights.</summary>
    public const long Seed = 1;

    /// <summary>How long a measurement of a variant takes, unless a single step takes longer.</summary>
    private const double Milliseconds = 300;

    /// <summary>From so many rounds on, slow peers run in every second one only.</summary>
    private const int RoundsForSlowPeers = 5;

    private readonly StepRequest _request;
    private readonly TextWriter _output;
    private readonly CancellationToken _stop;
    private readonly OrderedDictionary<StepVariant, StepMeter> _meters = [];
    private readonly PeakMeter _peakOfOne;
    private readonly PeakMeter _peak;

    /// <summary>Prepares trainers; they share the model, as its weights hardly move.</summary>
    /// <param name="request">What to measure.</param>
    /// <param name="variants">The variants, dense first.</param>
    /// <param name="output">Takes a line per round.</param>
    /// <param name="stop">Stops after the measurement in work.</param>
    public StepBenchmark(StepRequest request, IReadOnlyList<StepVariant> variants, TextWriter output, CancellationToken stop)
    {
        _request = request;
        _output = output;
        _stop = stop;
        _peakOfOne = new PeakMeter(1, request.Kernels);
        _peak = new PeakMeter(request.Threads, request.Kernels);
        Func<StepVariant, int, KernelSet, StepMeter> create = request.Model.Create();
        foreach (StepVariant variant in variants)
        {
            _meters.Add(variant, create(variant, request.Threads, request.Kernels));
        }
    }

    /// <summary>Measures.</summary>
    /// <param name="peers">The peers; one that fails is left out of the rounds that follow.</param>
    /// <exception cref="OperationCanceledException">The user stopped it.</exception>
    public StepRounds Run(IReadOnlyList<Peer> peers)
    {
        StepRounds rounds = new(peers);
        foreach ((StepVariant variant, StepMeter meter) in _meters)
        {
            _stop.ThrowIfCancellationRequested();
            meter.WarmUp(Milliseconds);
            rounds.Variants.Add(variant, []);
        }

        for (int round = 0; round < _request.Runs; round++)
        {
            Measure(rounds, round);
        }

        return rounds;
    }

    /// <summary>Ends the trainers' threads.</summary>
    public void Dispose()
    {
        foreach (StepMeter meter in _meters.Values)
        {
            meter.Dispose();
        }

        _peakOfOne.Dispose();
        _peak.Dispose();
    }

    private void Measure(StepRounds rounds, int round)
    {
        rounds.PeakOfOne.Add(_peakOfOne.Measure());
        rounds.Peak.Add(_peak.Measure());
        List<string> line = [string.Create(CultureInfo.InvariantCulture, $"round {round + 1} of {_request.Runs}: peak {rounds.Peak[^1]:0} GFLOP/s")];

        // Every second round goes the other way: a machine that slows down during a round does not always slow the same variants.
        foreach ((StepVariant variant, StepMeter meter) in round % 2 == 0 ? _meters : _meters.Reverse())
        {
            _stop.ThrowIfCancellationRequested();
            StepMeasurement measured = meter.Measure();
            rounds.Variants[variant].Add((measured, PeakAround(rounds)));
            line.Add(string.Create(CultureInfo.InvariantCulture, $"{variant.Text} {measured.StepMilliseconds:0.0} ms"));
        }

        foreach (Peer peer in rounds.Peers.Peers)
        {
            bool hasTime = !peer.IsSlow || _request.Runs < RoundsForSlowPeers || round % 2 == 0;
            if (rounds.Peers.Measure(peer, hasTime, () => PeakAround(rounds), _stop) is PeerRun run)
            {
                line.Add(string.Create(CultureInfo.InvariantCulture, $"{peer.Name} {run.StepMs:0.0} ms"));
            }
        }

        _output.WriteLine(string.Join("; ", line));
        _output.Flush();
    }

    /// <summary>The mean of the peak before what has just been measured and the one after it: on a shared machine it changes within seconds.</summary>
    private double PeakAround(StepRounds rounds)
    {
        rounds.Peak.Add(_peak.Measure());
        return (rounds.Peak[^2] + rounds.Peak[^1]) / 2;
    }
}
