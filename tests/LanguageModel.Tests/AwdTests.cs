using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using SdCompiler.Samples.LanguageModel.Models;
using SdCompiler.Samples.Shared;
using Xunit;

namespace SdCompiler.LanguageModel.Tests;

/// <summary>AWD-LSTM: its recipe in our scale of losses, its regimes, its windows, and a run stopped and resumed while weights are averaged.</summary>
public sealed class AwdTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public AwdTests()
    {
        _folder.Write("data/train.txt", Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("the cat sees the dog\na dog sleeps\n", 60))));
        _folder.Write("data/valid.txt", "the dog sees a cat\n"u8.ToArray());
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void TheRecipeIsThePublishedOneForALossThatIsSummedOverTime()
    {
        ModelEntry awd = ModelCatalog.Find("awd");
        Asgd optimizer = Assert.IsType<Asgd>(awd.Recipe.CreateOptimizer());
        Assert.Equal(30.0 / 70, optimizer.LearningRate, 1e-15);
        Assert.Equal(17.5, optimizer.ClipNorm, 1e-12);
        Assert.Equal(8.4e-5, optimizer.WeightDecay, 1e-15);
        Assert.Null(optimizer.AverageFrom);
        Assert.Equal(optimizer.LearningRate, awd.Recipe.CreateSchedule(1000, null).RateAt(300, 900, 3));
        Assert.Equal((500, 5, 70), (awd.Recipe.Epochs, awd.Recipe.NonMonotone, awd.Recipe.Lengths!.Base));
        Assert.Equal((20, 90), (awd.Plan.BatchSize, awd.Plan.TimeSteps));

        // The published 24 million, with one bias for each gate where PyTorch keeps two.
        Assert.Equal(24_221_600 - 10_800, awd.Plan.Evaluate("Dense", 10_000).Parameters);
        Assert.Equal(["dense", "random", "structured", "structured-fixed"], awd.Variants.Select(awd.Pattern));
        Assert.All(awd.Variants, variant => Assert.Equal(variant, awd.Variant(awd.Pattern(variant), DropoutNames.WithRecurrent)));
        Assert.Equal(1, awd.Plan.Evaluate("RandomFixed", 10_000).CeilingSpeedup, 1e-12);
        Assert.True(awd.Plan.Evaluate("Structured", 10_000).CeilingSpeedup > 1.4);
    }

    [Theory]
    [InlineData("random")]
    [InlineData("structured")]
    [InlineData("dense")]
    public void AStoppedAndResumedRunEndsWithTheSameBits(string pattern)
    {
        string[] run = ["--model", "awd-demo", "--pattern", pattern, "--epochs", "12", "--seed", "3"];
        Succeed(Train([.. run, "--checkpoint", _folder["whole"]]));
        Succeed(Train([.. run, "--max-steps", "7"]));
        ProgramRun resumed = Train("--resume", "--pattern", pattern);
        Succeed(resumed);
        Assert.Contains($"awd-demo ({pattern}), ", resumed.Output, StringComparison.Ordinal);
        Assert.Contains("  averaging", resumed.Output, StringComparison.Ordinal);
        Assert.Equal(Weights("whole"), Weights("run"));
        Assert.True(Property("run", "averaging_since") > 0);

        // Beginning with the weights of the checkpoint, as others read it, gives the perplexity of the averages.
        ProgramRun evaluate = ProgramRun.Of("evaluate", "--checkpoint", _folder["run"], "--data", _folder["data"]);
        Succeed(evaluate);
        string said = resumed.Output[(resumed.Output.LastIndexOf("validation perplexity ", StringComparison.Ordinal) + 22)..].Split('.', ' ')[0];
        Assert.Contains($"validation perplexity {said}.", evaluate.Output, StringComparison.Ordinal);
    }

    private ProgramRun Train(params string[] more) => ProgramRun.Of(
        ["train", "--data", _folder["data"], .. more.Contains("--checkpoint") ? Array.Empty<string>() : ["--checkpoint", _folder["run"]], "--threads", "1", .. more]);

    private static void Succeed(ProgramRun run)
    {
        Assert.Empty(run.Error);
        Assert.Equal(0, run.ExitCode);
    }

    private string Latest(string run) => Directory.GetDirectories(_folder[run]).Order(StringComparer.Ordinal).Last();

    private byte[] Weights(string run) => [.. File.ReadAllBytes(Path.Combine(Latest(run), "weights.safetensors")), .. File.ReadAllBytes(Path.Combine(Latest(run), "optimizer.safetensors"))];

    private long Property(string run, string name)
    {
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(Path.Combine(Latest(run), "training.json")));
        return json.RootElement.GetProperty(name).GetInt64();
    }
}
