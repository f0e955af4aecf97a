using System;
using System.IO;
using System.Text.Json;
using System.Threading;
using SdCompiler.Samples.Benchmarks.Commands;
using SdCompiler.Samples.Shared;

namespace SdCompiler.Benchmarks.Tests;

/// <summary>One run of the program, inside the test's process.</summary>
/// <param name="ExitCode">What it returned to the shell.</param>
/// <param name="Output">What it wrote.</param>
/// <param name="Error">What it complained about.</param>
internal sealed record BenchmarkRun(int ExitCode, string Output, string Error)
{
    public static BenchmarkRun Of(params string[] args) => Of(CancellationToken.None, args);

    public static BenchmarkRun Of(CancellationToken stop, params string[] args)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        int code = BenchmarkCommandLine.Run(args, new CommandContext(output, error, IsTerminal: false, stop));
        return new BenchmarkRun(code, output.ToString(), error.ToString());
    }

    /// <summary>Runs a command that succeeds, and reads the JSON that it writes.</summary>
    public static (BenchmarkRun Run, JsonElement Json) WithJson(params string[] args)
    {
        string folder = Directory.CreateTempSubdirectory("sdcompiler-benchmarks-").FullName;
        try
        {
            string file = Path.Combine(folder, "results.json");
            BenchmarkRun run = Of([.. args, "--json", file]);
            if (run.ExitCode != 0)
            {
                throw new InvalidOperationException(run.Error);
            }

            using JsonDocument document = JsonDocument.Parse(File.ReadAllText(file));
            return (run, document.RootElement.Clone());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
