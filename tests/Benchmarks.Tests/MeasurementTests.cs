using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using SdCompiler.Runtime;
using SdCompiler.Samples.Benchmarks.Measuring;
using Xunit;

namespace SdCompiler.Benchmarks.Tests;

/// <summary>What the commands write; how fast anything is, no test asks.</summary>
public sealed class MeasurementTests
{
    private static readonly string[] PatternMembers =
    [
        "pattern", "sites", "step_ms", "forward_ms", "gates_ms", "backward_ms", "weight_gradient_ms", "softmax_ms", "update_ms", "rest_ms",
        "forward_gflops", "forward_of_peak", "backward_gflops", "backward_of_peak", "weight_gradient_gflops", "weight_gradient_of_peak",
        "softmax_gflops", "softmax_of_peak", "gflops_kept", "kept_of_peak", "gflops_dense_equivalent", "speedup_vs_dense", "ceiling", "peak_memory_mb", "tokens_per_s",
    ];

    private static readonly string[] HeaderMembers =
        ["machine", "cores", "dotnet", "kernels", "threads", "runs", "peak_gflops_1_thread", "peak_gflops", "date", "command_line"];

    [Fact]
    public void AStepIsTheSumOfItsPhases()
    {
        (BenchmarkRun run, JsonElement json) = BenchmarkRun.WithJson("step", "--model", "demo", "--runs", "1", "--threads", "2", "--pattern", "structured");
        Assert.Contains("structured, nr+rh", run.Output, StringComparison.Ordinal);
        Assert.False(json.TryGetProperty("mean_steps", out _)); // all windows have T
        JsonElement[] patterns = CheckStep(json);
        Assert.Equal(["dense", "structured"], patterns.Select(pattern => pattern.GetProperty("pattern").GetString()));
        Assert.Equal(2, Number(patterns[1], "ceiling"), 0.01);
    }

    [Fact]
    public void ATaggersStepIsMeasuredForTheSentencesThatItReads()
    {
        (BenchmarkRun run, JsonElement json) = BenchmarkRun.WithJson("step", "--model", "tagger", "--runs", "1", "--threads", "2");
        Assert.Contains("tagger, B = 10, T = 128 (14.4 on average), 21,000 words of 5.0 characters", run.Output, StringComparison.Ordinal);
        Assert.Equal(14.5, Number(json, "mean_steps"), 0.5);
        Assert.Equal(5, Number(json, "mean_characters"), 0.1);
        JsonElement[] patterns = CheckStep(json);
        Assert.Equal(["dense none", "random nr", "structured nr", "structured nr+rh", "random nr+rh"], patterns.Select(pattern => $"{pattern.GetProperty("pattern")} {pattern.GetProperty("sites")}"));
        Assert.Equal(1.28, Number(patterns[2], "ceiling"), 0.03);
        Assert.Equal(2, Number(patterns[3], "ceiling"), 0.03);
        
        // B rows of the mean length are a step's tokens; the figures have five digits.
        Assert.All(patterns, pattern => Assert.Equal(1, Number(pattern, "tokens_per_s") * Number(pattern, "step_ms") / (10e3 * Number(json, "mean_steps")), 0.001));
    }

    [Fact]
    public void AnAwdLstmHasItsOwnPlacesOfDropout()
    {
        (BenchmarkRun run, JsonElement json) = BenchmarkRun.WithJson("step", "--model", "awd-demo", "--runs", "1", "--threads", "1");
        Assert.Contains("B = 20, T = 30 (8.0 on average), 10,000 words" + Environment.NewLine, run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("structured, ", run.Output, StringComparison.Ordinal);
        JsonElement[] patterns = CheckStep(json);
        Assert.Equal(["dense none", "random own", "structured own", "structured-fixed own"], patterns.Select(pattern => $"{pattern.GetProperty("pattern")} {pattern.GetProperty("sites")}"));
        Assert.Equal(1, Number(patterns[1], "ceiling"));
        Assert.True(Number(patterns[2], "ceiling") > 1.5);
    }

    [Fact]
    public void AModelWithoutDropoutHasOneRow()
    {
        (BenchmarkRun run, JsonElement json) = BenchmarkRun.WithJson("step", "--model", "zaremba-small", "--runs", "1");
        Assert.Contains("zaremba-small declares no dropout", run.Output, StringComparison.Ordinal);
        Assert.Equal(1, json.GetProperty("patterns").GetArrayLength());
    }

    [Fact]
    public void PeersThatDoNotFitAreNamedInOneSentence()
    {
        string folder = Directory.CreateTempSubdirectory("sdcompiler-peers-").FullName;
        try
        {
            (BenchmarkRun _, JsonElement demo) = BenchmarkRun.WithJson("step", "--model", "demo", "--runs", "1", "--pattern", "dense", "--peers", folder);
            Assert.Equal(["The peers are left out: they train two-layer models, and demo is none."], Missing(demo));
            (BenchmarkRun _, JsonElement small) = BenchmarkRun.WithJson("step", "--model", "zaremba-small", "--runs", "1", "--peers", folder);
            Assert.Equal(["oneDNN is left out: there is no onednn_lm.cpp in the peers' folder.", "PyTorch is left out: there is no pytorch_lm.py in the peers' folder."], Missing(small));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void KernelsMeasureEveryProductAtEverySize()
    {
        (BenchmarkRun run, JsonElement json) = BenchmarkRun.WithJson("kernels", "--units", "20", "--rows", "1,3", "--keep", "1,0.5");
        CheckHeader(json);
        JsonElement[] results = json.GetProperty("results").EnumerateArray().ToArray();
        Assert.Equal(6 * 2 * 2, results.Length);
        Assert.Equal(
            ["backward", "forward", "recurrent_backward", "recurrent_forward", "recurrent_forward_with_cell", "weight_gradient"],
            results.Select(result => result.GetProperty("product").GetString()).Distinct().Order());
        foreach (JsonElement result in results)
        {
            Assert.Equal(["gflops", "keep", "of_peak", "product", "rows", "steps", "units"], result.EnumerateObject().Select(member => member.Name).Order());
            Assert.True(result.GetProperty("gflops").GetDouble() > 0);
            Assert.True(result.GetProperty("of_peak").GetDouble() > 0);
        }

        Assert.Contains("recurrent forward with cell, H", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void ScalingMeasuresEachSizeOfASweep()
    {
        (BenchmarkRun _, JsonElement json) = BenchmarkRun.WithJson("scaling", "--model", "demo", "--runs", "1", "--threads", "1", "--sweep", "steps", "--sweep", "rows");
        CheckHeader(json);
        JsonElement[] results = json.GetProperty("results").EnumerateArray().ToArray();
        Assert.Equal([2, 5, 10, 20, 2, 5, 10, 20], results.Where(result => result.GetProperty("sweep").GetString() == "steps").Select(result => result.GetProperty("size").GetInt32()));
        Assert.Equal([2, 5, 10, 20, 2, 5, 10, 20], results.Where(result => result.GetProperty("sweep").GetString() == "rows").Select(result => result.GetProperty("rows").GetInt32()));
        Assert.All(results, result => Assert.Equal(result.GetProperty("step_ms").GetDouble() / result.GetProperty("size").GetInt32(), result.GetProperty("ms_per_unit").GetDouble(), 0.001 * result.GetProperty("step_ms").GetDouble()));
    }

    [Theory]
    [InlineData(new[] { 3.0, 1, 2 }, 2)]
    [InlineData(new[] { 4.0, 1, 2, 3 }, 2.5)]
    [InlineData(new double[0], double.NaN)]
    public void TheMedianIsTheMiddle(double[] values, double median) => Assert.Equal(median, Statistics.Median(values));

    [Fact]
    public void EverySetHasAPeak()
    {
        foreach (KernelSet set in KernelSet.Available)
        {
            using PeakMeter meter = new(2, set, milliseconds: 1);
            Assert.True(meter.Measure() > 0);
        }
    }

    /// <summary>Checks what every result of <c>step</c> says, with one round; returns its patterns.</summary>
    private static JsonElement[] CheckStep(JsonElement json)
    {
        CheckHeader(json);
        JsonElement[] patterns = json.GetProperty("patterns").EnumerateArray().ToArray();
        foreach (JsonElement pattern in patterns)
        {
            // Where no arithmetic is left out, there is nothing to have a share of.
            double ceiling = Number(pattern, "ceiling"), speedup = Number(pattern, "speedup_vs_dense");
            IEnumerable<string> members = ceiling > 1 ? PatternMembers.Append("ceiling_share") : PatternMembers;
            Assert.Equal(members.Order(), pattern.EnumerateObject().Select(member => member.Name).Order());
            Assert.All(PatternMembers.Skip(2), name => Assert.True(Number(pattern, name) > 0, name));
            if (ceiling > 1)
            {
                Assert.Equal((speedup - 1) / (ceiling - 1), Number(pattern, "ceiling_share"), 0.001);
            }

            // With one round, medians add up: only the rounding of eight numbers is between them.
            double sum = PatternMembers.Where(name => name.EndsWith("_ms", StringComparison.Ordinal) && name != "step_ms").Sum(name => Number(pattern, name));
            double step = Number(pattern, "step_ms");
            Assert.InRange(sum, 0.999 * step, 1.001 * step);
        }

        Assert.Equal(1, Number(patterns[0], "speedup_vs_dense"));
        Assert.Equal(1, Number(patterns[0], "ceiling"));
        return patterns;
    }

    private static double Number(JsonElement element, string name) => element.GetProperty(name).GetDouble();

    private static IEnumerable<string?> Missing(JsonElement json) => json.GetProperty("missing_peers").EnumerateArray().Select(sentence => sentence.GetString());

    private static void CheckHeader(JsonElement json) =>
        Assert.Equal(HeaderMembers.Order(), json.GetProperty("header").EnumerateObject().Select(member => member.Name).Order());
}
