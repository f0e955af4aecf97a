using SdCompiler.Samples.Benchmarks.Commands;
using SdCompiler.Samples.Shared;

namespace SdCompiler.Samples.Benchmarks;

/// <summary>Where the program begins.</summary>
internal static class Program
{
    private static int Main(string[] args) => ConsoleProgram.Run(context => BenchmarkCommandLine.Run(args, context));
}
