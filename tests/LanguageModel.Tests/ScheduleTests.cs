using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace SdCompiler.LanguageModel.Tests;

/// <summary>The learning rate's course by epochs, as <c>--full-epochs</c> and <c>--decay</c> choose it.</summary>
public sealed class ScheduleTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ScheduleTests()
    {
        // 42 tokens for 20 rows: an epoch is one step.
        _folder.Write("data/train.txt", Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("the cat sees the dog\n", 7))));
        _folder.Write("data/valid.txt", "the dog sees the cat\n"u8.ToArray());
    }

    private string Checkpoint => _folder["run"];

    private string MetricsPath => _folder["metrics.jsonl"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("--epochs 6", "1 1 1 1 0.5 0.25")]
    [InlineData("--epochs 4 --full-epochs 2 --decay 0.8", "1 1 0.8 0.64")]
    [InlineData("--epochs 6 --decay 0.8", "1 1 1 1 0.8 0.64")]
    [InlineData("--epochs 3 --full-epochs 1", "1 0.5 0.25")]
    [InlineData("--epochs 2 --full-epochs 0", "0.5 0.25")]
    [InlineData("--epochs 2 --full-epochs 9", "1 1")]
    [InlineData("--epochs 3 --full-epochs 1 --decay 1", "1 1 1")]
    public void TheLearningRateOfTheMetricsFollowsTheScheduleAskedFor(string options, string rates)
    {
        Succeed(Train(options.Split(' ')));
        Assert.Equal(rates.Split(' '), Rates()[..^1]);
        Assert.Equal(Rates()[^2], Rates()[^1]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("--full-epochs 1")]
    [InlineData("--full-epochs 1 --decay 0.80")]
    public void AResumedRunKeepsItsScheduleWhetherOrNotItIsSaidAgain(string again)
    {
        string[] schedule = ["--epochs", "4", "--full-epochs", "1", "--decay", "0.8"];
        Succeed(Train([.. schedule, "--checkpoint", _folder["whole"]]));
        Succeed(Train([.. schedule, "--max-steps", "2"]));
        Succeed(Train(["--resume", .. again.Split(' ', StringSplitOptions.RemoveEmptyEntries)]));
        Assert.Equal(["1", "0.8", "0.64", "0.512"], Rates().Distinct());
        Assert.Equal(Weights("whole"), Weights("run"));
    }

    [Theory]
    [InlineData("--full-epochs 2", "--full-epochs is '2' and the run to resume has '1'; leave the option out, or begin a new run in another folder.")]
    [InlineData("--decay 0.5", "--decay is '0.5' and the run to resume has '0.8'; leave the option out, or begin a new run in another folder.")]
    [InlineData("--full-epochs 1 --decay 0.5", "--decay is '0.5' and the run to resume has '0.8'; leave the option out, or begin a new run in another folder.")]
    public void AnotherScheduleIsRefusedOnResume(string options, string sentence)
    {
        Succeed(Train("--epochs", "3", "--full-epochs", "1", "--decay", "0.8", "--max-steps", "1"));
        AssertRefusal(1, sentence, Train(["--resume", .. options.Split(' ')]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("--full-epochs 4 --decay 0.5")]
    public void ACheckpointFromBeforeTheOptionsGoesOnWithItsModelsOwnSchedule(string options)
    {
        Succeed(Train("--epochs", "6", "--checkpoint", _folder["whole"]));
        Succeed(Train("--epochs", "6", "--max-steps", "4"));
        ForgetSchedule();
        AssertRefusal(1, "--full-epochs is '2' and the run to resume has '4'", Train("--resume", "--full-epochs", "2"));
        AssertRefusal(1, "--decay is '0.8' and the run to resume has '0.5'", Train("--resume", "--decay", "0.8"));
        Succeed(Train(["--resume", .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)]));
        Assert.Equal(["1", "0.5", "0.25"], Rates().Distinct());
        Assert.Equal(Weights("whole"), Weights("run"));
    }

    [Theory]
    [InlineData("--full-epochs", "3")]
    [InlineData("--decay", "0.5")]
    public void AModelOfAnotherScheduleRefusesTheOptionsAndLeavesNothingBehind(string option, string value)
    {
        string sentence = $"{option} is not for the model 'demo', whose learning rate falls along half a cosine; leave the option out, or train another model.";
        AssertRefusal(2, sentence, Train("--model", "demo", option, value));
        Assert.False(Directory.Exists(Checkpoint));
        Succeed(Train("--model", "demo", "--max-steps", "1"));
        AssertRefusal(2, sentence, Train("--resume", option, value));
    }

    private ProgramRun Train(params string[] more) => ProgramRun.Of(
        ["train", "--data", _folder["data"], .. more.Contains("--checkpoint") ? Array.Empty<string>() : ["--checkpoint", Checkpoint], "--metrics", MetricsPath, "--threads", "1", .. more]);

    private static void Succeed(ProgramRun run)
    {
        Assert.Empty(run.Error);
        Assert.Equal(0, run.ExitCode);
    }

    private static void AssertRefusal(int exitCode, string sentence, ProgramRun run)
    {
        Assert.Contains(sentence, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
        Assert.Equal(exitCode, run.ExitCode);
    }

    /// <summary>The learning rate of each line of the metrics: one per epoch, and that of the end.</summary>
    private string[] Rates() => File.ReadAllLines(MetricsPath).Select(line =>
    {
        using JsonDocument json = JsonDocument.Parse(line);
        return json.RootElement.GetProperty("learning_rate").GetDouble().ToString(CultureInfo.InvariantCulture);
    }).ToArray();

    private byte[] Weights(string run) => File.ReadAllBytes(Path.Combine(LatestVersion(run), "weights.safetensors"));

    /// <summary>The folder of the newest version: their names begin with a number of fixed width.</summary>
    private string LatestVersion(string run) => Directory.GetDirectories(_folder[run]).Order(StringComparer.Ordinal).Last();

    /// <summary>Makes the newest checkpoint one that says no schedule, as those that were written before the options; its manifest fits again.</summary>
    private void ForgetSchedule()
    {
        string training = Path.Combine(LatestVersion("run"), "training.json");
        JsonNode record = JsonNode.Parse(File.ReadAllText(training))!;
        JsonObject properties = record["properties"]!.AsObject();
        Assert.True(properties.Remove("full-epochs"));
        Assert.True(properties.Remove("decay"));
        File.WriteAllText(training, record.ToJsonString());

        byte[] bytes = File.ReadAllBytes(training);
        string manifest = Path.Combine(LatestVersion("run"), "manifest.json");
        JsonNode list = JsonNode.Parse(File.ReadAllText(manifest))!;
        list["files"]!["training.json"] = new JsonObject { ["bytes"] = bytes.Length, ["sha256"] = Convert.ToHexStringLower(SHA256.HashData(bytes)) };
        File.WriteAllText(manifest, list.ToJsonString());
    }
}
