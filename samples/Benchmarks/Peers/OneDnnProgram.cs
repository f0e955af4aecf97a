using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;

namespace SdCompiler.Samples.Benchmarks.Peers;

/// <summary>The C++ program of the oneDNN peers, compiled for this machine into a temporary folder.</summary>
internal sealed class OneDnnProgram : IDisposable
{
    private const string Source = "onednn_lm.cpp";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sdcompiler-peer-");

    private OneDnnProgram() => Path = System.IO.Path.Combine(_folder.FullName, "onednn_lm");

    /// <summary>The program.</summary>
    public string Path { get; }

    /// <summary>Compiles it.</summary>
    /// <param name="sources">The peers' folder.</param>
    /// <param name="stop">Ends the compiler.</param>
    /// <exception cref="PeerException">It cannot be compiled.</exception>
    public static OneDnnProgram Compile(string sources, CancellationToken stop)
    {
        string source = System.IO.Path.GetFullPath(System.IO.Path.Combine(sources, Source));
        if (!File.Exists(source))
        {
            throw new PeerException($"there is no {Source} in the peers' folder");
        }

        string compiler = Executables.All("g++").FirstOrDefault() ?? throw new PeerException("there is no g++ on the PATH");
        OneDnnProgram program = new();
        try
        {
            string[] arguments = ["-O3", "-march=native", "-ffast-math", "-fopenmp", source, "-ldnnl", "-o", program.Path];
            ChildResult result = ChildProcess.Run(compiler, arguments, new Dictionary<string, string>(), program._folder.FullName, stop);
            return result.ExitCode == 0
                ? program
                : throw new PeerException($"g++ cannot compile {Source} (is libdnnl-dev installed?){result.LastErrorLine(": ")}");
        }
        catch
        {
            program.Dispose();
            throw;
        }
    }

    /// <summary>Removes it; every peer that runs it does so, and the first one counts.</summary>
    public void Dispose()
    {
        _folder.Refresh();
        if (_folder.Exists)
        {
            _folder.Delete(recursive: true);
        }
    }
}
