using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using SdCompiler.Samples.LanguageModel.Progress;
using Xunit;

namespace SdCompiler.LanguageModel.Tests;

public sealed class MetricsFileTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void ALineHasTheAgreedKeysInOrder()
    {
        new MetricsFile(_path, append: false).Append(new RunMetrics(1, 20, 3.5, double.NaN, null, 100, 2.25, 1, 55.5, 0));
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
        RunMetrics metrics = new(1, 20, 1, 1, null, 1, 1, 1, 1, 0);
        new MetricsFile(_path, append: false).Append(metrics);
        new MetricsFile(_path, append: true).Append(metrics);
        Assert.Equal(2, File.ReadAllLines(_path).Length);
        _ = new MetricsFile(_path, append: false);
        Assert.Empty(File.ReadAllLines(_path));
    }

    [Fact]
    public void AFileThatCannotBeWrittenIsNamed() =>
        Assert.Contains("the metrics cannot be written", Assert.Throws<DataFileException>(() => new MetricsFile(Path.Combine(_path, "x", "y"), false)).Message, StringComparison.Ordinal);
}
