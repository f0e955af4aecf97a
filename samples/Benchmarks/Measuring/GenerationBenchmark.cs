using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using SdCompiler.Samples.Benchmarks.Commands;
using SdCompiler.Samples.Benchmarks.Peers;

namespace SdCompiler.Samples.Benchmarks.Measuring;

/// <summary>Measures the tokens of several models, their peers and the machine's peak in turns.</summary>
/// <param name="request">What to measure.</param>
/// <param name="peak">Measures the peak of as many threads.</param>
/// <param name="output">Takes a line per round.</param>
/// <param name="stop">Stops after the measurement in work.</param>
internal sealed class GenerationBenchmark(GenerationRequest request, PeakMeter peak, TextWriter output, CancellationToken stop)
{
    /// <summary>How long a measurement of a model takes, unless a few tokens take longer.</summary>
    private const double Milliseconds = 300;

    private readonly List<double> _peaks = [];

    /// <summary>Median of what the threads could reach, in GFLOP/s.</summary>
    public double MedianPeak => Statistics.Median(_peaks);

    /// <summary>Measures.</summary>
    /// <param name="models">The models; takes what is measured.</param>
    /// <exception cref="System.OperationCanceledException">The user stopped it.</exception>
    public void Run(IReadOnlyList<GenerationRounds> models)
    {
        List<TokenMeter> meters = [];
        foreach (GenerationRounds model in models)
        {
            stop.ThrowIfCancellationRequested();
            meters.Add(new TokenMeter(model.Model.Create(StepBenchmark.Vocabulary, StepBenchmark.Seed), request.Kernels, request.Threads));
            meters[^1].WarmUp(Milliseconds);
        }

        for (int round = 0; round < request.Runs; round++)
        {
            _peaks.Add(peak.Measure());
            List<string> line = [string.Create(CultureInfo.InvariantCulture, $"round {round + 1} of {request.Runs}: peak {_peaks[^1]:0} GFLOP/s")];
            for (int i = 0; i < meters.Count; i++)
            {
                stop.ThrowIfCancellationRequested();
                Measure(models[i], meters[i], round, line);
            }

            output.WriteLine(string.Join("; ", line));
            output.Flush();
        }
    }

    /// <summary>A model and its peers; every second round begins with the peers, so that a machine that slows down slows both alike.</summary>
    private void Measure(GenerationRounds model, TokenMeter meter, int round, List<string> line)
    {
        void Ours()
        {
            double ms = meter.Measure();
            model.Tokens.Add((ms, PeakAround()));
            line.Add(string.Create(CultureInfo.InvariantCulture, $"{model.Model.Name} {ms:0.000} ms"));
        }

        if (round % 2 == 0)
        {
            Ours();
        }

        foreach (Peer peer in model.Peers.Peers)
        {
            if (model.Peers.Measure(peer, hasTime: true, PeakAround, stop) is PeerRun run)
            {
                line.Add(string.Create(CultureInfo.InvariantCulture, $"{peer.Name} {run.TokenMs:0.000} ms"));
            }
        }

        if (round % 2 == 1)
        {
            Ours();
        }
    }

    /// <summary>The mean of the peak before what has just been measured and the one after it.</summary>
    private double PeakAround()
    {
        _peaks.Add(peak.Measure());
        return (_peaks[^2] + _peaks[^1]) / 2;
    }
}
