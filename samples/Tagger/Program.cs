using SdCompiler.Samples.Shared;
using SdCompiler.Samples.Tagger.Commands;

namespace SdCompiler.Samples.Tagger;

/// <summary>Where the program begins.</summary>
internal static class Program
{
    private static int Main(string[] args) => ConsoleProgram.Run(context => CommandLine.Run(args, context));
}
