using System;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading;
using SdCompiler.Samples.LanguageModel.Commands;

namespace SdCompiler.Samples.LanguageModel;

/// <summary>Where the program begins.</summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        Console.OutputEncoding = Encoding.UTF8;
        using CancellationTokenSource stop = new();

        // The first Ctrl-C (or a polite kill) stops after the current step; the second one ends the process as usual.
        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = !stop.IsCancellationRequested;
            stop.Cancel();
        }

        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        bool isTerminal = !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") != "dumb";
        return CommandLine.Run(args, new CommandContext(Console.Out, Console.Error, isTerminal, stop.Token));
    }
}
