using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;

namespace SdCompiler.Samples.Benchmarks.Peers;

/// <summary>The dense step on oneDNN, a C++ program that is compiled for this machine.</summary>
internal sealed class OneDnnPeer : Peer
{
    /// <summary>Multiply-adds of the tokens that one run generates: about a third of a second, most of which waits for weights to come from memory.</summary>
    private const long GeneratedWork = 600_000_000;

    private const int LeastTokens = 20;

    private readonly OneDnnProgram _program;
    private readonly PeerShape _shape;
    private readonly int _steps;
    private readonly bool _isForwardOnly;
    private readonly bool _isPassive;

    private OneDnnPeer(OneDnnProgram program, PeerShape shape, int steps, bool isForwardOnly, int threads, bool isPassive)
    {
        _program = program;
        _shape = shape;
        _steps = steps;
        _isForwardOnly = isForwardOnly;
        _isPassive = isPassive;
        Threads = threads;
    }

    public override string Name => $"oneDNN, {Threads} thread{(Threads == 1 ? "" : "s")}{(_isPassive ? ", passive waiting" : "")}";

    public override string Family => OneDnnFamily;

    public override int Threads { get; }

    public override bool IsSlow => false;

    /// <summary>The training step, with one thread and with several.</summary>
    /// <param name="program">The compiled program; the peers remove it.</param>
    /// <param name="shape">What it trains.</param>
    /// <param name="threads">The most threads of a step.</param>
    public static IReadOnlyList<Peer> Training(OneDnnProgram program, PeerShape shape, int threads) => All(program, shape, Steps, false, threads);

    /// <summary>Forward computation of one row and one time step, with one thread and with several.</summary>
    /// <param name="program">The compiled program; the peers remove it.</param>
    /// <param name="shape">The model; its rows and time steps do not matter.</param>
    /// <param name="threads">The most threads of a token.</param>
    public static IReadOnlyList<Peer> Generation(OneDnnProgram program, PeerShape shape, int threads) =>
        All(program, shape with { B = 1, T = 1 }, (int)Math.Max(LeastTokens, GeneratedWork / shape.MultiplyAddsOfToken), true, threads);

    public override PeerRun Run(CancellationToken stop)
    {
        IEnumerable<string> numbers = new[] { _shape.H, _shape.B, _shape.T, _shape.V, _steps }.Select(number => number.ToString(CultureInfo.InvariantCulture));
        string[] arguments = [.. numbers, .. _isForwardOnly ? ["forward"] : Enumerable.Empty<string>()];
        Dictionary<string, string> environment = new() { ["OMP_NUM_THREADS"] = Threads.ToString(CultureInfo.InvariantCulture) };
        if (_isPassive)
        {
            environment["OMP_WAIT_POLICY"] = "passive";
        }

        return PeerRun.From(ChildProcess.Run(_program.Path, arguments, environment, null, stop));
    }

    /// <summary>Removes the program, which all peers of this kind share.</summary>
    public override void Dispose() => _program.Dispose();

    /// <summary>
    /// Several threads run once as OpenMP has them by default, spinning while they wait, and once waiting passively: on a machine with other
    /// work, threads that spin keep each other from running and the step takes many times as long.
    /// </summary>
    private static OneDnnPeer[] All(OneDnnProgram program, PeerShape shape, int steps, bool isForwardOnly, int threads)
    {
        OneDnnPeer Of(int count, bool isPassive) => new(program, shape, steps, isForwardOnly, count, isPassive);
        return threads == 1 ? [Of(1, false)] : [Of(1, false), Of(threads, false), Of(threads, true)];
    }
}
