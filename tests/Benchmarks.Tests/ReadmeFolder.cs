using System;
using System.IO;
using System.Text.Json.Nodes;
using SdCompiler.Samples.Benchmarks.Publishing;

namespace SdCompiler.Benchmarks.Tests;

/// <summary>A folder of the test's own with a README and results, and the command that is run on them.</summary>
internal sealed class ReadmeFolder : IDisposable
{
    public const string Before = "# A page\n\nWritten by hand.\n\n", After = "\n\nThe end.\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("sdcompiler-readme-").FullName;

    public ReadmeFolder(string text = $"{Before}{MarkedSection.Begin}\n{MarkedSection.End}{After}")
    {
        Directory.CreateDirectory(Results);
        Text = text;
    }

    public string Readme => Path.Combine(_folder, "README.md");

    public string Results => Path.Combine(_folder, "results");

    public string Text
    {
        get => File.ReadAllText(Readme);
        set => File.WriteAllText(Readme, value);
    }

    /// <summary>Writes a file of a machine and returns its path.</summary>
    public string Add(string machine, string name, string text)
    {
        string file = Path.Combine(Results, machine, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        return file;
    }

    public BenchmarkRun Run(params string[] more) => BenchmarkRun.Of(["readme", "--results", Results, "--readme", Readme, .. more]);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>A result of one pattern, without peers.</summary>
    public static JsonObject Result(string model)
    {
        JsonObject dense = new() { ["pattern"] = "dense", ["sites"] = "none", ["step_ms"] = 1.2345, ["speedup_vs_dense"] = 1, ["ceiling"] = 1, ["tokens_per_s"] = 10 };
        foreach (string phase in new[] { "forward", "gates", "backward", "weight_gradient", "softmax", "update", "rest" })
        {
            dense[phase + "_ms"] = 0.1;
        }

        foreach (string phase in new[] { "forward", "backward", "weight_gradient", "softmax" })
        {
            dense[phase + "_gflops"] = 100;
            dense[phase + "_of_peak"] = 0.5;
        }

        dense["gflops_kept"] = 100;
        dense["gflops_dense_equivalent"] = 100;
        dense["kept_of_peak"] = 0.5;
        return new JsonObject
        {
            ["header"] = new JsonObject
            {
                ["machine"] = "A Processor", ["cores"] = 1, ["dotnet"] = ".NET 10.0.0", ["kernels"] = "scalar", ["threads"] = 1, ["runs"] = 3,
                ["peak_gflops_1_thread"] = 200, ["peak_gflops"] = 200, ["date"] = "2030-01-02", ["command_line"] = "benchmarks step --runs 3",
            },
            ["model"] = model, ["batch_size"] = 2, ["time_steps"] = 5, ["vocabulary"] = 10000,
            ["patterns"] = new JsonArray(dense),
            ["peers"] = new JsonArray(),
            ["missing_peers"] = new JsonArray(),
        };
    }

    /// <summary>A peer's result.</summary>
    public static JsonObject Peer(string name, string version, double milliseconds) => new()
    {
        ["peer"] = name, ["version"] = version, ["threads"] = 1, ["runs"] = 3, ["step_ms"] = milliseconds, ["gflops"] = 100, ["of_peak"] = 0.5,
        ["speedup_vs_dense"] = 0.5, ["peak_memory_mb"] = 99.5, ["tokens_per_s"] = 10,
    };
}
