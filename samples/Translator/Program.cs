using SdCompiler.Samples.Shared;
using SdCompiler.Samples.Translator.Commands;

namespace SdCompiler.Samples.Translator;

/// <summary>Where the program begins.</summary>
internal static class Program
{
    private static int Main(string[] args) => ConsoleProgram.Run(context => CommandLine.Run(args, context));
}
