using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading;
using SdCompiler.LanguageModel.Tests;
using SdCompiler.Samples.Shared;
using SdCompiler.Samples.Translator.Data;
using SdCompiler.Samples.Translator.Models;
using SdCompiler.Samples.Translator.Training;
using Xunit;

namespace SdCompiler.Translator.Tests;

/// <summary>The train command on a tiny text, as a user runs it.</summary>
public sealed class TrainingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public TrainingTests()
    {
        Write("train", 100, seed: 1);
        Write("valid", 12, seed: 2);
        Write("test", 9, seed: 3);
    }

    private string Data => _folder["data"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ARunLearnsAndLeavesItsFiguresAndWhatATranslationNeeds()
    {
        ProgramRun run = Train("run", "--epochs", "3", "--metrics", _folder["metrics.jsonl"]);
        Assert.Empty(run.Error);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("toy (structured, nr+rh)", run.Output, StringComparison.Ordinal);
        Assert.Contains($"{Data}, s-t: 99 training pairs, 12 for validation, 9 for the test", run.Output, StringComparison.Ordinal);
        Assert.Contains("left out of training: 1 pairs longer than the model's window, 0 with an empty side", run.Output, StringComparison.Ordinal);
        double[] perplexities = Metrics("metrics.jsonl", "valid_perplexity");
        Assert.Equal(4, perplexities.Length);
        Assert.True(perplexities[2] < perplexities[0]);
        Assert.InRange(Metrics("metrics.jsonl", "test_perplexity")[^1], 1, 20);

        CheckpointReader checkpoint = CheckpointReader.Open(_folder["run"]);
        TextCoding coding = TextCoding.ReadFrom(checkpoint);
        Assert.Equal("abcdefgh".Length + 4, coding.Source.Vocabulary.Count);
        Assert.Equal(("s", "t", "toy"), (checkpoint.Properties["from"], checkpoint.Properties["to"], checkpoint.Properties["model"]));
        Assert.True(File.Exists(Path.Combine(_folder["run"], "learning-curves.svg")));
    }

    [Fact]
    public void AStoppedAndResumedRunEndsWithTheSameBitsOnAnyNumberOfThreads()
    {
        string[] run = ["--epochs", "2", "--seed", "5", "--full-epochs", "1", "--optimizer", "sgd", "--rate", "0.5"];
        Assert.Equal(0, Train("whole", [.. run, "--threads", "1", "--metrics", _folder["whole.jsonl"]]).ExitCode);
        Assert.Equal(0, Train("parts", [.. run, "--threads", "2", "--max-steps", "1", "--metrics", _folder["parts.jsonl"]]).ExitCode);
        ProgramRun resumed = Train("parts", "--resume", "--threads", "2", "--max-steps", "6", "--metrics", _folder["parts.jsonl"]);
        Assert.Equal(0, resumed.ExitCode);
        Assert.Contains("going on after step 1", resumed.Output, StringComparison.Ordinal);
        Assert.Equal(0, Train("parts", [.. run, "--resume", "--metrics", _folder["parts.jsonl"]]).ExitCode);
        Assert.Equal(Weights("whole"), Weights("parts"));
        foreach (string key in new[] { "valid_perplexity", "test_perplexity", "learning_rate" })
        {
            Assert.Equal(Metrics("whole.jsonl", key)[^1], Metrics("parts.jsonl", key)[^1]);
        }

        // The rate fell after the first epoch, also where the run was stopped in the second.
        Assert.Equal([0.5, 0.25, 0.25], Metrics("whole.jsonl", "learning_rate"));
    }

    [Fact]
    public void ATestTextOfLongSentencesAloneHasNoPerplexity()
    {
        string line = string.Join(' ', Enumerable.Repeat("a", 70)) + "\n";
        _folder.Write("data/test.s", Encoding.UTF8.GetBytes(line));
        _folder.Write("data/test.t", Encoding.UTF8.GetBytes(line.ToUpperInvariant()));
        ProgramRun run = Train("run", "--max-steps", "1");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.DoesNotContain("NaN", run.Output, StringComparison.Ordinal);
        Assert.Contains("longer than the model's window in validation and test: 1 pairs", run.Output, StringComparison.Ordinal);
        Assert.Contains("\ntest BLEU", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void ATinyRateIsNotWrittenAsNone()
    {
        Assert.Contains("  rate 1.5E-5  ", Train("run", "--epochs", "1", "--rate", "0.000015").Output, StringComparison.Ordinal);
        Assert.Contains("  rate 0.0125  ", Train("other", "--epochs", "1", "--rate", "0.01250001").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void ADamagedCheckpointIsNotReplacedByAnother()
    {
        Train("run", "--epochs", "2");
        string weights = CheckpointReader.Open(_folder["run"]).WeightsPath;
        byte[] bytes = File.ReadAllBytes(weights);
        bytes[^1] ^= 1;
        File.WriteAllBytes(weights, bytes);
        Assert.All(new[] { new[] { "translate" }, ["evaluate", "--data", Data], ["train", "--resume", "--data", Data] }, command =>
        {
            ProgramRun run = ProgramRun.Of([.. command, "--checkpoint", _folder["run"]]);
            Assert.Equal(ExitCodes.Failure, run.ExitCode);
            Assert.StartsWith($"The file '{weights}' is not the one that was saved", run.Error, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void CancellingLeavesACheckpointAndSaysHowToGoOn()
    {
        using CancellationTokenSource stop = new();
        stop.Cancel();
        ProgramRun run = ProgramRun.Of(stop.Token, "train", "--data", Data, "--from", "s", "--to", "t", "--model", "toy", "--checkpoint", _folder["run"]);
        Assert.Equal(130, run.ExitCode);
        Assert.Contains("Go on with --resume.", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIsSaidAgainOnResumeMustBeTheSame()
    {
        Train("run", "--max-steps", "1");
        AssertFails("--pattern is 'random' and the run to resume has 'structured'; leave the option out, or begin a new run in another folder.", "--resume", "--pattern", "random");
        AssertFails("--rate is '3' and the run to resume has '0.004'; leave the option out, or begin a new run in another folder.", "--resume", "--rate", "3");
        AssertFails($"{Data} and the options give other vocabularies or merges than the checkpoint {_folder["run"]} has; leave the options out, or give the same text and options as the run began with.", "--resume", "--bpe-merges", "3");
        AssertFails($"{_folder["run"]} holds the checkpoint of another run; add --resume to go on with it, or give another folder.");
        Write("train", 80, seed: 4);
        AssertFails($"{Data} is another training text than the checkpoint {_folder["run"]} was trained on; give --data with the text that the run began with.", "--resume");
    }

    [Theory]
    [InlineData("random")]
    [InlineData("random-fixed")]
    [InlineData("structured-fixed")]
    [InlineData("dense")]
    public void EveryPatternTrains(string pattern)
    {
        foreach (string sites in DropoutNames.Sites)
        {
            ProgramRun run = Train("run-" + sites, "--pattern", pattern, "--sites", sites, "--max-steps", "2");
            Assert.Equal(0, run.ExitCode);
            Assert.Contains(pattern == "dense" ? "toy (dense)" : $"toy ({pattern}, {sites})", run.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void TheLossOfATextDoesNotDependOnWhatStandsBesideASentence()
    {
        Train("run", "--max-steps", "3");
        SavedModel saved = SavedModel.Open(_folder["run"]);
        IReadOnlyList<EncodedPair> pairs = TranslationData.LoadPart(saved.Complete(new DataOptions(Data, null, null, new Dictionary<TextPart, string>())), TextPart.Valid, saved.Coding);
        using ModelTrainer trainer = saved.Load().CreateTrainer(new Sgd(), Dropout.Dense, new TrainerOptions { Threads = 1 });
        Evaluation together = trainer.Evaluate(pairs);
        Evaluation alone = pairs.Select(pair => trainer.Evaluate([pair])).Aggregate((sum, each) => sum + each);
        Assert.Equal(pairs.Sum(pair => pair.Target.Length), together.Targets);
        Assert.Equal(together.Targets, alone.Targets);
        Assert.Equal(together.TotalLoss, alone.TotalLoss, together.TotalLoss * 1e-6);
    }

    [Fact]
    public void ACheckpointOfAnotherProgramIsOneSentence()
    {
        using (LstmTrainer trainer = new ToyTranslator(5, 5, 1).CreateTrainer(new Sgd(), Dropout.Dense, new TrainerOptions { Threads = 1 }))
        {
            trainer.Save(_folder["other"]);
        }

        ProgramRun run = Train("other", "--resume");
        Assert.Equal((1, $"{_folder["other"]}: the checkpoint was not written by this program's train command; give the folder of one that was.{Environment.NewLine}"), (run.ExitCode, run.Error));
    }

    private ProgramRun Train(string folder, params string[] more) =>
        ProgramRun.Of(["train", "--data", Data, "--from", "s", "--to", "t", .. more.Contains("--resume") ? Array.Empty<string>() : ["--model", "toy"], "--checkpoint", _folder[folder], .. more]);

    private void AssertFails(string message, params string[] more)
    {
        ProgramRun run = Train("run", more);
        Assert.Equal(message + Environment.NewLine, run.Error);
        Assert.Equal(ExitCodes.Failure, run.ExitCode);
    }

    private byte[] Weights(string folder) => File.ReadAllBytes(CheckpointReader.Open(_folder[folder]).WeightsPath);

    private double[] Metrics(string file, string key) => File.ReadAllLines(_folder[file]).Select(line =>
    {
        using JsonDocument json = JsonDocument.Parse(line);
        return json.RootElement.TryGetProperty(key, out JsonElement value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : double.NaN;
    }).ToArray();

    /// <summary>Sentences of letters, and their capitals backwards; one of the training text is too long for any model.</summary>
    private void Write(string name, int count, int seed)
    {
        Random random = new(seed);
        StringBuilder source = new();
        StringBuilder target = new();
        for (int i = 0; i < count; i++)
        {
            string[] words = Enumerable.Range(0, i == 0 && name == "train" ? 70 : random.Next(1, 6)).Select(_ => ((char)('a' + random.Next(8))).ToString()).ToArray();
            source.Append(string.Join(' ', words)).Append('\n');
            target.Append(string.Join(' ', words.Reverse().Select(word => word.ToUpperInvariant()))).Append('\n');
        }

        _folder.Write($"data/{name}.s", Encoding.UTF8.GetBytes(source.ToString()));
        _folder.Write($"data/{name}.t", Encoding.UTF8.GetBytes(target.ToString()));
    }
}
