using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;

namespace SdCompiler.Samples.Benchmarks.Peers;

/// <summary>The dense step on oneDNN, a C++ program that is compiled for this machine.</summary>
internal sealed class OneDnnPeer : Peer
{
    private const string Source = "onednn_lm.cpp";
    private readonly string _program;
    private readonly PeerShape _shape;
    private readonly bool _isPassive;

    private OneDnnPeer(string program, PeerShape shape, int threads, bool isPassive)
    {
        _program = program;
        _shape = shape;
        _isPassive = isPassive;
        Threads = threads;
    }

    public override string Name => $"oneDNN, {Threads} thread{(Threads == 1 ? "" : "s")}{(_isPassive ? ", passive waiting" : "")}";

    public override string Family => "onednn";

    public override int Threads { get; }

    public override bool IsSlow => false;

    /// <summary>
    /// Compiles the program. Several threads run once as OpenMP has them by default, spinning while they wait, and once waiting passively:
    /// on a machine with other work, threads that spin keep each other from running and the step takes many times as long.
    /// </summary>
    /// <param name="sources">The peers' folder.</param>
    /// <param name="shape">What it trains.</param>
    /// <param name="threads">The most threads of a step.</param>
    /// <param name="stop">Ends the compiler.</param>
    /// <exception cref="PeerException">It cannot be compiled.</exception>
    public static IReadOnlyList<Peer> All(string sources, PeerShape shape, int threads, CancellationToken stop)
    {
        string source = Path.GetFullPath(Path.Combine(sources, Source));
        if (!File.Exists(source))
        {
            throw new PeerException($"there is no {Source} in the peers' folder");
        }

        string compiler = Executables.All("g++").FirstOrDefault() ?? throw new PeerException("there is no g++ on the PATH");
        DirectoryInfo folder = Directory.CreateTempSubdirectory("sdcompiler-peer-");
        try
        {
            string program = Path.Combine(folder.FullName, "onednn_lm");
            string[] arguments = ["-O3", "-march=native", "-ffast-math", "-fopenmp", source, "-ldnnl", "-o", program];
            ChildResult result = ChildProcess.Run(compiler, arguments, new Dictionary<string, string>(), folder.FullName, stop);
            if (result.ExitCode != 0)
            {
                throw new PeerException($"g++ cannot compile {Source} (is libdnnl-dev installed?){result.LastErrorLine(": ")}");
            }

            return threads == 1
                ? [new OneDnnPeer(program, shape, 1, false)]
                : [new OneDnnPeer(program, shape, 1, false), new OneDnnPeer(program, shape, threads, false), new OneDnnPeer(program, shape, threads, true)];
        }
        catch
        {
            folder.Delete(recursive: true);
            throw;
        }
    }

    public override PeerRun Run(CancellationToken stop)
    {
        string[] arguments = new[] { _shape.H, _shape.B, _shape.T, _shape.V, Steps }.Select(number => number.ToString(CultureInfo.InvariantCulture)).ToArray();
        Dictionary<string, string> environment = new() { ["OMP_NUM_THREADS"] = Threads.ToString(CultureInfo.InvariantCulture) };
        if (_isPassive)
        {
            environment["OMP_WAIT_POLICY"] = "passive";
        }

        return PeerRun.From(ChildProcess.Run(_program, arguments, environment, null, stop));
    }

    /// <summary>Removes the program, which all peers of this kind share.</summary>
    public override void Dispose()
    {
        string folder = Path.GetDirectoryName(_program)!;
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
