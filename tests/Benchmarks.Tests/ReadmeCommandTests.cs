using System;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using SdCompiler.Samples.Benchmarks.Publishing;
using Xunit;

namespace SdCompiler.Benchmarks.Tests;

public sealed class ReadmeCommandTests
{
    private const string Header = "| | ms per step | times our dense step | ceiling | times oneDNN | times PyTorch | MB |\n|---|---|---|---|---|---|---|\n";
    private const string Settings = "B = 2, T = 5, 10,000 words. A Processor, 1 core, scalar kernels, 1 thread, .NET 10.0.0; 3 runs, 2030-01-02: `benchmarks step --runs 3`";

    [Fact]
    public void TheTablesOfThisRepositoryAreThoseOfItsResults()
    {
        string root = Root();
        BenchmarkRun run = BenchmarkRun.Of("readme", "--results", Path.Combine(root, "samples", "Benchmarks", "Results"), "--readme", Path.Combine(root, "README.md"), "--check");
        Assert.Equal("", run.Error);
        Assert.Equal(0, run.ExitCode);
    }

    [Fact]
    public void AResultWithoutPeersHasEmptyCells()
    {
        using ReadmeFolder folder = new();
        folder.Add("a-machine", "mine.json", ReadmeFolder.Result("mine").ToJsonString());
        BenchmarkRun run = folder.Run();
        Assert.Equal("", run.Error);
        Assert.Equal($"{folder.Readme}: written from 1 result.{Environment.NewLine}", run.Output);
        Assert.Equal(
            $"{ReadmeFolder.Before}{MarkedSection.Begin}\n\n### a-machine\n\n#### mine\n\n{Settings} ([all figures](results/a-machine/mine.json)).\n\n{Header}| dense | 1.23 | 1.00 | 1.00 | | | |\n\n{MarkedSection.End}{ReadmeFolder.After}",
            folder.Text);
    }

    [Fact]
    public void AResultOfBatchesOfManySizesSaysTheirMeans()
    {
        using ReadmeFolder folder = new();
        JsonObject result = ReadmeFolder.Result("tagger");
        (result["mean_steps"], result["mean_characters"], result["vocabulary"]) = (2.24, 4.96, 21000);
        JsonObject own = result["patterns"]![0]!.DeepClone().AsObject();
        (own["pattern"], own["sites"], own["ceiling"], own["ceiling_share"]) = ("structured-fixed", "own", 1.5, 0);
        result["patterns"]!.AsArray().Add((JsonNode)own);
        folder.Add("a-machine", "tagger.json", result.ToJsonString());
        Assert.Equal(0, folder.Run().ExitCode);
        Assert.Contains(
            "#### tagger: characters, 2 directions of 200 units and a conditional random field\n\nB = 2, T = 5 (2.2 on average), 21,000 words of 5.0 characters. A Processor, ",
            folder.Text,
            StringComparison.Ordinal);
        Assert.Contains("\n| structured-fixed | 1.23 | 1.00 | 1.50 | | | |\n", folder.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void APeerHasOneRowWithItsFastestSetting()
    {
        using ReadmeFolder folder = new();
        JsonObject result = ReadmeFolder.Result("mine");
        result["peers"] = new JsonArray(
            ReadmeFolder.Peer("oneDNN, 1 thread", "oneDNN dense", 80),
            ReadmeFolder.Peer("oneDNN, 2 threads, passive waiting", "oneDNN dense", 70),
            ReadmeFolder.Peer("PyTorch, 1 thread", "PyTorch 2.0", 1500.4),
            ReadmeFolder.Peer("PyTorch, recurrent dropout, 2 threads", "PyTorch 2.0", 300),
            ReadmeFolder.Peer("PyTorch, 2 threads", "PyTorch 2.0", 1600));
        JsonObject structured = result["patterns"]![0]!.DeepClone().AsObject();
        (structured["pattern"], structured["sites"], structured["speedup_vs_onednn"], structured["speedup_vs_pytorch"], structured["speedup_vs_pytorch_recurrent"]) = ("structured", "nr+rh", 1.25, 4.04, 6.06);
        result["patterns"]!.AsArray().Add((JsonNode)structured);
        folder.Add("a-machine", "mine.json", result.ToJsonString());
        Assert.Equal(0, folder.Run().ExitCode);
        string rows = """
            | structured, everywhere | 1.23 | 1.00 | 1.00 | 1.25 | 4.0 | |
            | oneDNN, without dropout, 2 threads, passive waiting | 70.0 | 0.50 | | 1.00 | | 100 |
            | PyTorch 2.0, `nn.LSTM`, 1 thread | 1500 | 0.50 | | | 1.0 | 100 |
            | PyTorch 2.0, recurrent dropout, 2 threads | 300.0 | 0.50 | | | | 100 |

            Structured dropout everywhere is 6.1 times as fast as PyTorch with recurrent dropout.
            """;
        Assert.EndsWith($"{rows.ReplaceLineEndings("\n")}\n\n{MarkedSection.End}{ReadmeFolder.After}", folder.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void MachinesAndModelsComeInOrdinalOrderAndOtherReportsAreSkipped()
    {
        using ReadmeFolder folder = new();
        folder.Add("b", "zaremba-small.json", ReadmeFolder.Result("zaremba-small").ToJsonString());
        folder.Add("a", "small-1-thread.json", ReadmeFolder.Result("small, again").ToJsonString());
        folder.Add("a", "small.json", ReadmeFolder.Result("small").ToJsonString());
        folder.Add("a", "kernels.json", """{ "header": {}, "results": [] }""");
        folder.Add("B", "Small.json", ReadmeFolder.Result("Small").ToJsonString());
        folder.Add("c", "kernels.json", """{ "header": {}, "results": [] }""");
        Assert.Equal(0, folder.Run().ExitCode);
        Assert.Equal(
            ["# A page", "### B", "#### Small", "### a", "#### small", "#### small, again", "### b", "#### zaremba-small: 2 layers of 200 units, no dropout in the paper"],
            folder.Text.Split('\n').Where(line => line.StartsWith('#')));
    }

    [Fact]
    public void ACheckChangesNothingAndSaysWhatToRun()
    {
        using ReadmeFolder folder = new();
        folder.Add("a-machine", "mine.json", ReadmeFolder.Result("mine").ToJsonString());
        string before = folder.Text;
        BenchmarkRun stale = folder.Run("--check");
        Assert.Equal(1, stale.ExitCode);
        Assert.Equal($"{folder.Readme}: the tables are not those of the results in {folder.Results}; run 'dotnet run -c Release --project samples/Benchmarks -- readme --results {folder.Results} --readme {folder.Readme}' to bring them up to date.{Environment.NewLine}", stale.Error);
        Assert.Equal(before, folder.Text);

        Assert.Equal(0, folder.Run().ExitCode);
        BenchmarkRun fresh = folder.Run("--check");
        Assert.Equal(0, fresh.ExitCode);
        Assert.Equal($"{folder.Readme}: up to date.{Environment.NewLine}", fresh.Output);
    }

    [Fact]
    public void TheLineEndingsOfTheFileStay()
    {
        using ReadmeFolder folder = new($"One\r\n{MarkedSection.Begin}\r\n{MarkedSection.End}\r\n");
        folder.Add("a-machine", "mine.json", ReadmeFolder.Result("mine").ToJsonString());
        Assert.Equal(0, folder.Run().ExitCode);
        Assert.Equal(folder.Text.Count(c => c == '\n'), folder.Text.Split("\r\n").Length - 1);
        Assert.Equal(0, folder.Run("--check").ExitCode);
    }

    [Theory]
    [InlineData("Nothing", $"the line '{MarkedSection.Begin}' is missing; put it where the tables begin.")]
    [InlineData($"{MarkedSection.End}\n", $"the line '{MarkedSection.Begin}' is missing; put it where the tables begin.")]
    [InlineData($"{MarkedSection.Begin}\n", $"the line '{MarkedSection.End}' is missing; put it where the tables end.")]
    [InlineData($"{MarkedSection.End}\n{MarkedSection.Begin}\n", $"'{MarkedSection.End}' comes before '{MarkedSection.Begin}'; put it below.")]
    [InlineData($"{MarkedSection.Begin}\n{MarkedSection.Begin}\n{MarkedSection.End}\n", $"the line '{MarkedSection.Begin}' is there more than once; leave only the one where the tables begin.")]
    public void WrongMarkersAreOneSentenceAndNothingIsWritten(string text, string sentence)
    {
        using ReadmeFolder folder = new(text);
        folder.Add("a-machine", "mine.json", ReadmeFolder.Result("mine").ToJsonString());
        Refuses(folder, $"{folder.Readme}: {sentence}");
        Assert.Equal(text, folder.Text);
    }

    [Theory]
    [InlineData("", "this is no JSON from line 1 on")]
    [InlineData("{\n  \"model\": \"mine\",\n", "this is no JSON from line 3 on")]
    [InlineData("null", "this is no result of 'benchmarks step --json' at $")]
    [InlineData("[]", "this is no result of 'benchmarks step --json' at $")]
    [InlineData("{ \"model\": \"mine\" }", "this is no result of 'benchmarks step --json' at $")]
    public void AFileThatIsNoResultIsOneSentence(string text, string what)
    {
        using ReadmeFolder folder = new();
        string file = folder.Add("a-machine", "mine.json", text);
        Refuses(folder, $"{file}: {what}; measure it anew, or remove the file.");
    }

    [Theory]
    [InlineData("model", null, "$.model")]
    [InlineData("batch_size", "many", "$.batch_size")]
    [InlineData("patterns", null, "$.patterns")]
    public void AMemberThatIsWrongIsNamed(string member, string? value, string path)
    {
        using ReadmeFolder folder = new();
        JsonObject result = ReadmeFolder.Result("mine");
        result[member] = value;
        string file = folder.Add("a-machine", "mine.json", result.ToJsonString());
        Refuses(folder, $"{file}: this is no result of 'benchmarks step --json' at {path}; measure it anew, or remove the file.");
    }

    [Fact]
    public void AMemberThatIsMissingIsSaid()
    {
        using ReadmeFolder folder = new();
        JsonObject result = ReadmeFolder.Result("mine");
        result["header"]!.AsObject().Remove("machine");
        string file = folder.Add("a-machine", "mine.json", result.ToJsonString());
        Refuses(folder, $"{file}: this is no result of 'benchmarks step --json' at $.header; measure it anew, or remove the file.");
    }

    [Fact]
    public void AFigureThatIsNoNumberIsAnEmptyCell()
    {
        using ReadmeFolder folder = new();
        JsonObject result = ReadmeFolder.Result("mine");
        result["patterns"]![0]!["ceiling"] = null;
        folder.Add("a-machine", "mine.json", result.ToJsonString());
        Assert.Equal(0, folder.Run().ExitCode);
        Assert.Contains("| dense | 1.23 | 1.00 | | | | |\n", folder.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void FoldersAndFilesThatAreMissingAreOneSentence()
    {
        using ReadmeFolder folder = new();
        Refuses(folder, $"{folder.Results}: there is no result of a training step in its folders; write one with 'benchmarks step --json {folder.Results}/MACHINE/MODEL.json'.");
        Directory.Delete(folder.Results);
        Refuses(folder, $"{folder.Results}: there is no such folder; give --results the folder with a folder of results for each machine.");
        File.Delete(folder.Readme);
        BenchmarkRun run = folder.Run();
        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith($"{folder.Readme}: it cannot be read (", run.Error, StringComparison.Ordinal);
        Assert.EndsWith($"); give another --readme.{Environment.NewLine}", run.Error, StringComparison.Ordinal);
    }

    private static void Refuses(ReadmeFolder folder, string sentence)
    {
        BenchmarkRun run = folder.Run();
        Assert.Equal(sentence + Environment.NewLine, run.Error);
        Assert.Equal(1, run.ExitCode);
        Assert.Equal("", run.Output);
    }

    private static string Root()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "SdCompiler.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException("SdCompiler.sln is in no folder above " + AppContext.BaseDirectory);
    }
}
