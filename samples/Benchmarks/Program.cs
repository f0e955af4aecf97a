using System;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading;
using SdCompiler.Samples.Benchmarks.Commands;
using SdCompiler.Samples.LanguageModel.Commands;

namespace SdCompiler.Samples.Benchmarks;

/// <summary>Where the program begins.</summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        Console.OutputEncoding = Encoding.UTF8;
        using CancellationTokenSource stop = new();

        // The first Ctrl-C (or a polite kill) stops after the current measurement; the second one ends the process as usual.
        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = !stop.IsCancellationRequested;
            stop.Cancel();
        }

        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        return BenchmarkCommandLine.Run(args, new CommandContext(Console.Out, Console.Error, IsTerminal: false, stop.Token));
    }
}
