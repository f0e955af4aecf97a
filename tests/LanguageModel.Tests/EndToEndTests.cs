using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Xml.Linq;
using Xunit;

namespace SdCompiler.LanguageModel.Tests;

/// <summary>The commands one after the other on a tiny text, as a user runs them.</summary>
public sealed class EndToEndTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public EndToEndTests()
    {
        StringBuilder train = new();
        for (int i = 0; i < 90; i++)
        {
            train.Append(i % 3 == 0 ? "the cat sees the dog\n" : i % 3 == 1 ? "the dog runs <unk>\n" : "a cat runs and a dog sleeps\n");
        }

        _folder.Write("data/train.txt", Encoding.UTF8.GetBytes(train.ToString()));
        _folder.Write("data/valid.txt", "a dog sees the cat\nthe bird runs\n"u8.ToArray());
        _folder.Write("data/test.txt", "a dog sleeps\n"u8.ToArray());
    }

    private string Data => _folder["data"];

    private string Checkpoint => _folder["run"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void TrainEvaluateAndGenerateWorkTogether()
    {
        ProgramRun train = Train("--epochs", "2", "--metrics", _folder["metrics.jsonl"]);
        Assert.Equal(0, train.ExitCode);
        Assert.Empty(train.Error);
        Assert.Contains("zaremba-small (no dropout in this model, whatever the pattern)", train.Output, StringComparison.Ordinal);

        double[][] lines = Metrics("metrics.jsonl");
        Assert.Equal(3, lines.Length);
        Assert.All(lines, line => Assert.InRange(line[0], 1, 20));
        ProgramRun evaluate = ProgramRun.Of("evaluate", "--checkpoint", Checkpoint, "--data", Data, "--split", "test");
        Assert.Equal(0, evaluate.ExitCode);
        Assert.Contains(FormattableString.Invariant($"test perplexity {lines[^1][2]:0.00} "), evaluate.Output, StringComparison.Ordinal);

        Assert.Equal(XName.Get("svg", "http://www.w3.org/2000/svg"), XDocument.Load(Path.Combine(Checkpoint, "learning-curves.svg")).Root!.Name);

        ProgramRun once = Generate("--prompt", "the bird", "--length", "12", "--seed", "3");
        ProgramRun again = Generate("--prompt", "the bird", "--length", "12", "--seed", "3");
        ProgramRun other = Generate("--prompt", "the bird", "--length", "12", "--seed", "4");
        Assert.StartsWith("the <unk>", once.Output, StringComparison.Ordinal);
        Assert.Contains("read as <unk>: 'bird'.", once.Error, StringComparison.Ordinal);
        Assert.Equal(once.Output, again.Output);
        Assert.NotEqual(once.Output, other.Output);
        Assert.Equal(Generate("--temperature", "0", "--seed", "1").Output, Generate("--temperature", "0", "--seed", "2").Output);
    }

    [Fact]
    public void AStoppedAndResumedRunEndsWithTheSameBits()
    {
        Train("--epochs", "2", "--seed", "5", "--checkpoint", _folder["whole"], "--metrics", _folder["whole.jsonl"]);
        string[] run = ["--epochs", "2", "--seed", "5", "--metrics", _folder["parts.jsonl"]];
        Assert.Equal(0, Train([.. run, "--max-steps", "1"]).ExitCode);
        ProgramRun resumed = Train("--resume", "--metrics", _folder["parts.jsonl"]);
        Assert.Equal(0, resumed.ExitCode);
        Assert.Contains("going on after step 1", resumed.Output, StringComparison.Ordinal);
        Assert.Equal(Weights("whole"), Weights("run"));
        Assert.Equal(Metrics("whole.jsonl")[^1], Metrics("parts.jsonl")[^1]);
    }

    [Fact]
    public void MetricsNeitherRepeatNorLoseAnEpochWhereverARunWasKilled()
    {
        Train("--epochs", "1", "--metrics", _folder["metrics.jsonl"]);
        string first = File.ReadAllLines(_folder["metrics.jsonl"])[0];

        // Killed after the checkpoint, before its line was written; and after the line of an epoch whose checkpoint is lost.
        File.WriteAllText(_folder["metrics.jsonl"], "");
        Assert.Equal(0, Train("--resume", "--epochs", "1", "--metrics", _folder["metrics.jsonl"]).ExitCode);
        Assert.Equal([1, 1], Epochs());
        Assert.Equal(first, File.ReadAllLines(_folder["metrics.jsonl"])[0]);
        File.WriteAllLines(_folder["metrics.jsonl"], [first, first.Replace("\"step\":", "\"step\":9", StringComparison.Ordinal)]);
        Assert.Equal(0, Train("--resume", "--epochs", "3", "--metrics", _folder["metrics.jsonl"]).ExitCode);
        Assert.Equal([1, 2, 3, 3], Epochs());

        int[] Epochs() => File.ReadAllLines(_folder["metrics.jsonl"]).Select(line =>
        {
            using JsonDocument json = JsonDocument.Parse(line);
            return json.RootElement.GetProperty("epoch").GetInt32();
        }).ToArray();
    }

    [Fact]
    public void TheChartOfAnEpochThatWasSavedIsDrawnOnResume()
    {
        Train("--epochs", "1");
        File.Delete(Path.Combine(Checkpoint, "learning-curves.svg"));
        Assert.Equal(0, Train("--resume").ExitCode);
        Assert.True(File.Exists(Path.Combine(Checkpoint, "learning-curves.svg")));
    }

    [Theory]
    [InlineData("zaremba-small", true)]
    [InlineData("demo", false)]
    public void AnotherNumberOfEpochsOnResumeBringsItsScheduleFromThereOn(string model, bool sameBits)
    {
        Train("--model", model, "--epochs", "6", "--checkpoint", _folder["whole"]);
        Train("--model", model, "--epochs", "2");
        ProgramRun resumed = Train("--resume", "--epochs", "6");
        Assert.Equal(0, resumed.ExitCode);
        Assert.Contains("6 epochs now, 2 before: from here on the learning rate is that of a run of 6 epochs", resumed.Output, StringComparison.Ordinal);
        Assert.Equal(sameBits, Weights("whole").SequenceEqual(Weights("run")));
        Assert.Equal(Rates("whole"), Rates("run"));

        // The epochs of the first part had the rates of two epochs; each later one has those of six.
        string[] Rates(string run) => File.ReadAllLines(Directory.GetFiles(_folder[run], "metrics.jsonl", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Last()).Skip(2).Select(line =>
        {
            using JsonDocument json = JsonDocument.Parse(line);
            return json.RootElement.GetProperty("learning_rate").GetRawText();
        }).ToArray();
    }

    [Fact]
    public void CancellingLeavesACheckpointAndSaysHowToGoOn()
    {
        using CancellationTokenSource stop = new();
        stop.Cancel();
        ProgramRun run = ProgramRun.Of(stop.Token, "train", "--data", Data, "--checkpoint", Checkpoint);
        Assert.Equal(130, run.ExitCode);
        Assert.Contains("Go on with --resume.", run.Output, StringComparison.Ordinal);
        Assert.Equal(0, Train("--resume", "--max-steps", "1").ExitCode);
    }

    [Fact]
    public void AnotherTextOrOtherSettingsAreRefusedOnResume()
    {
        Train("--max-steps", "1");
        AssertFailure("--model is 'demo' and the run to resume has 'zaremba-small'", Train("--resume", "--model", "demo"));
        AssertFailure("--seed is '9' and the run to resume has '1'", Train("--resume", "--seed", "9"));
        AssertFailure("holds the checkpoint of another run; add --resume", Train());
        File.WriteAllLines(Path.Combine(Data, "train.txt"), File.ReadAllLines(Path.Combine(Data, "train.txt")).Reverse());
        AssertFailure("is another training text than", Train("--resume"));
        File.AppendAllText(Path.Combine(Data, "train.txt"), "a new word\n");
        AssertFailure("gives another vocabulary (12 words) than", Train("--resume"));
        AssertFailure("gives another vocabulary", ProgramRun.Of("evaluate", "--checkpoint", Checkpoint, "--data", Data));
    }

    [Fact]
    public void ADamagedCheckpointIsOneSentence()
    {
        Train("--max-steps", "1");
        string weights = Directory.GetFiles(Checkpoint, "weights.safetensors", SearchOption.AllDirectories).Single();
        byte[] bytes = File.ReadAllBytes(weights);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(weights, bytes);
        ProgramRun run = Generate();
        Assert.Equal(1, run.ExitCode);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
        Assert.Contains("weights.safetensors", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void AVocabularyWithoutUnknownRefusesOtherWordsOfAPrompt()
    {
        ProgramRun train = ProgramRun.Of("train", "--max-steps", "1", "--checkpoint", Checkpoint, "--threads", "1");
        Assert.Equal(0, train.ExitCode);
        AssertFailure("The prompt's 'zebra' is not among the 318 words of the model", Generate("--prompt", "the zebra"));
    }

    [Fact]
    public void ModelsAreListedWithTheirFigures()
    {
        ProgramRun run = ProgramRun.Of("models");
        Assert.Equal(0, run.ExitCode);
        string medium = run.Output.Split('\n').Single(line => line.StartsWith("zaremba-medium", StringComparison.Ordinal) && line.Contains("structured, nr+rh", StringComparison.Ordinal));
        Assert.Contains("19,775,200", medium, StringComparison.Ordinal);
        Assert.EndsWith("2.00", medium.TrimEnd(), StringComparison.Ordinal);
    }

    private ProgramRun Train(params string[] more) =>
        ProgramRun.Of(["train", "--data", Data, .. more.Contains("--checkpoint") ? Array.Empty<string>() : ["--checkpoint", Checkpoint], "--threads", "1", .. more]);

    private ProgramRun Generate(params string[] more) => ProgramRun.Of(["generate", "--checkpoint", Checkpoint, .. more]);

    private static void AssertFailure(string sentence, ProgramRun run)
    {
        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains(sentence, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
    }

    private byte[] Weights(string run) =>
        File.ReadAllBytes(Directory.GetFiles(_folder[run], "weights.safetensors", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Last());

    /// <summary>Of each line: training, validation and test perplexity.</summary>
    private double[][] Metrics(string name) => File.ReadAllLines(_folder[name]).Select(line =>
    {
        using JsonDocument json = JsonDocument.Parse(line);
        return new[] { "train_perplexity", "valid_perplexity", "test_perplexity" }
            .Select(key => json.RootElement.GetProperty(key) is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : double.NaN)
            .ToArray();
    }).ToArray();
}
