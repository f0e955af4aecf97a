using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using SdCompiler.Samples.Shared.Progress;
using Xunit;

namespace SdCompiler.LanguageModel.Tests;

public sealed class MetricsFileTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void ALineHasTheAgreedKeysInOrder()
    {
        MetricsFile.Create(_path).Append(MetricsFile.Line("perplexity", "perplexity", new RunMetrics(1, 20, 3.5, double.NaN, null, 100, 2.25, 1, 55.5, 0)));
        using JsonDocument line = JsonDocument.Parse(Assert.Single(File.ReadAllLines(_path)));
        Assert.Equal(
            ["epoch", "step", "train_perplexity", "valid_perplexity", "test_perplexity", "tokens_per_second", "step_ms", "learning_rate", "peak_memory_mb", "skipped_steps"],
            line.RootElement.EnumerateObject().Select(property => property.Name));
        Assert.Equal(3.5, line.RootElement.GetProperty("train_perplexity").GetDouble());
        Assert.Equal(JsonValueKind.Null, line.RootElement.GetProperty("valid_perplexity").ValueKind);
    }

    [Fact]
    public void AResumedRunAppends()
    {
        MetricsFile.Create(_path).Append(Line(20));
        MetricsFile.Resume(_path, [Line(20)], step: 25).Append(Line(40));
        Assert.Equal([Line(20), Line(40)], File.ReadAllLines(_path));
        _ = MetricsFile.Create(_path);
        Assert.Empty(File.ReadAllLines(_path));
    }

    [Fact]
    public void AResumedRunDropsWhatItTrainsAgainAndFillsInWhatTheFileLacks()
    {
        MetricsFile file = MetricsFile.Create(_path);
        file.Append(Line(20));
        file.Append(Line(60));
        _ = MetricsFile.Resume(_path, [Line(20), Line(40)], step: 45);
        Assert.Equal([Line(20), Line(40)], File.ReadAllLines(_path));
        File.Delete(_path);
        _ = MetricsFile.Resume(_path, [Line(20), Line(40)], step: 45);
        Assert.Equal([Line(20), Line(40)], File.ReadAllLines(_path));
    }

    [Fact]
    public void AFileOfSomethingElseIsLeftAsItIs()
    {
        File.WriteAllText(_path, "notes\n");
        Assert.Contains("a line that is no metrics", Assert.Throws<DataFileException>(() => MetricsFile.Resume(_path, [Line(20)], 20)).Message, StringComparison.Ordinal);
        Assert.Equal("notes\n", File.ReadAllText(_path));
    }

    [Fact]
    public void AFileThatCannotBeWrittenIsNamed() =>
        Assert.Contains("the metrics cannot be written", Assert.Throws<DataFileException>(() => MetricsFile.Create(Path.Combine(_path, "x", "y"))).Message, StringComparison.Ordinal);

    private static string Line(long step) => MetricsFile.Line("perplexity", "perplexity", new RunMetrics(1, step, 1, 1, null, 1, 1, 1, 1, 0));
}
