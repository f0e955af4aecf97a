using System;
using SdCompiler.Samples.GpuCheck.Commands;

namespace SdCompiler.Samples.GpuCheck;

/// <summary>Where the program begins.</summary>
internal static class Program
{
    private static int Main(string[] args) => CheckProgram.Run(args, Console.Out, Console.Error);
}
