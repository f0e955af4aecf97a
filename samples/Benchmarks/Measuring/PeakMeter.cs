using System;
using System.Diagnostics;
using SdCompiler.Runtime;

namespace SdCompiler.Samples.Benchmarks.Measuring;

/// <summary>Measures how many GFLOP/s the machine gives at this moment to a number of threads that do nothing but multiply and add.</summary>
internal sealed class PeakMeter : IDisposable
{
    /// <summary>
    /// Parts of a measurement, of which the best counts. After a process of one thread, such as a peer, the system took up to 50 ms to spread
    /// our threads over the processors again; until then two of them showed the peak of one.
    /// </summary>
    private const int Parts = 6;

    private readonly WorkerTeam _team;
    private readonly PeakWork _work = new();
    private readonly double _operations;

    /// <summary>Starts the threads and finds out how long a measurement is.</summary>
    /// <param name="threads">Threads.</param>
    /// <param name="kernels">Give the width of the vectors.</param>
    /// <param name="milliseconds">About how long a measurement takes.</param>
    public PeakMeter(int threads, KernelSet kernels, double milliseconds = 120)
    {
        _team = new WorkerTeam(threads, kernels);
        _operations = PeakWork.Operations(kernels) * threads;
        _work.Iterations = 10_000;
        _work.Iterations = Math.Max(10_000, (long)(Measure() * 1e9 * milliseconds / Parts / 1e3 / _operations));
    }

    /// <summary>One measurement.</summary>
    /// <returns>GFLOP/s of all threads together.</returns>
    public double Measure()
    {
        double best = 0;
        for (int part = 0; part < Parts; part++)
        {
            long started = Stopwatch.GetTimestamp();
            _team.Run(_work);
            best = Math.Max(best, _operations * _work.Iterations / Stopwatch.GetElapsedTime(started).TotalSeconds / 1e9);
        }

        return best;
    }

    /// <summary>Ends the threads.</summary>
    public void Dispose() => _team.Dispose();
}
