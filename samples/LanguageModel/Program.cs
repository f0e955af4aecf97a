using SdCompiler.Samples.LanguageModel.Commands;
using SdCompiler.Samples.Shared;

namespace SdCompiler.Samples.LanguageModel;

/// <summary>Where the program begins.</summary>
internal static class Program
{
    private static int Main(string[] args) => ConsoleProgram.Run(context => CommandLine.Run(args, context));
}
