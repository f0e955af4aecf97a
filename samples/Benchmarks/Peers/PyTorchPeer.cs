using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.Intrinsics.X86;
using System.Threading;

namespace SdCompiler.Samples.Benchmarks.Peers;

/// <summary>The step as a PyTorch user writes it: with <c>nn.LSTM</c>, or with recurrent dropout, which takes a loop over <c>nn.LSTMCell</c>.</summary>
internal sealed class PyTorchPeer : Peer
{
    private const string Script = "pytorch_lm.py";
    private readonly string _python;
    private readonly string _script;
    private readonly PeerShape _shape;
    private readonly bool _recurrentDropout;

    private PyTorchPeer(string python, string script, PeerShape shape, int threads, bool recurrentDropout)
    {
        _python = python;
        _script = script;
        _shape = shape;
        _recurrentDropout = recurrentDropout;
        Threads = threads;
    }

    public override string Name => $"PyTorch{(_recurrentDropout ? ", recurrent dropout" : "")}, {Threads} thread{(Threads == 1 ? "" : "s")}";

    public override string Family => _recurrentDropout ? "pytorch_recurrent" : "pytorch";

    public override int Threads { get; }

    public override bool IsSlow => true;

    /// <summary>Both forms of the step, with one thread and with several: some builds of PyTorch lose with two.</summary>
    /// <param name="sources">The peers' folder.</param>
    /// <param name="shape">What they train.</param>
    /// <param name="threads">The most threads of a step.</param>
    /// <param name="stop">Ends the search.</param>
    /// <exception cref="PeerException">The script is missing, or there is no Python that can import torch.</exception>
    public static IReadOnlyList<Peer> All(string sources, PeerShape shape, int threads, CancellationToken stop)
    {
        string script = Path.GetFullPath(Path.Combine(sources, Script));
        if (!File.Exists(script))
        {
            throw new PeerException($"there is no {Script} in the peers' folder");
        }

        string python = Executables.All("python3").Prepend("/usr/bin/python3").Where(File.Exists).Distinct().FirstOrDefault(path => HasTorch(path, stop))
            ?? throw new PeerException("no python3 on the PATH can import torch");
        return [.. from recurrent in new[] { false, true }
                   from count in new[] { 1, threads }.Distinct()
                   select new PyTorchPeer(python, script, shape, count, recurrent)];
    }

    public override PeerRun Run(CancellationToken stop)
    {
        string threads = Threads.ToString(CultureInfo.InvariantCulture);
        IEnumerable<string> numbers = new[] { _shape.H, _shape.B, _shape.T, _shape.V, Threads, Steps }.Select(number => number.ToString(CultureInfo.InvariantCulture));
        string[] arguments = [_script, .. numbers, .. _recurrentDropout ? ["--recurrent-dropout"] : Enumerable.Empty<string>()];

        Dictionary<string, string> environment = new() { ["OPENBLAS_NUM_THREADS"] = threads };
        if (Avx512F.IsSupported)
        {
            // Where OpenBLAS does not know the processor, it would choose kernels half as wide; without AVX-512 these would not run.
            environment["OPENBLAS_CORETYPE"] = "SkylakeX";
        }

        return PeerRun.From(ChildProcess.Run(_python, arguments, environment, null, stop));
    }

    private static bool HasTorch(string python, CancellationToken stop) =>
        ChildProcess.Run(python, ["-c", "import torch"], new Dictionary<string, string>(), null, stop).ExitCode == 0;
}
