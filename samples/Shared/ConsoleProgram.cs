using System;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading;

namespace SdCompiler.Samples.Shared;

/// <summary>What every program of the samples does around its command line: UTF-8, and a polite end.</summary>
internal static class ConsoleProgram
{
    /// <summary>Runs a program on the console.</summary>
    /// <param name="run">The program; gets where it writes and what stops it, and returns the exit code.</param>
    /// <returns>The exit code.</returns>
    public static int Run(Func<CommandContext, int> run)
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
        return run(new CommandContext(Console.Out, Console.Error, isTerminal, stop.Token));
    }
}
