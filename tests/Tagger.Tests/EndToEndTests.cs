using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading;
using SdCompiler.LanguageModel.Tests;
using SdCompiler.Samples.Tagger.Training;
using Xunit;

namespace SdCompiler.Tagger.Tests;

/// <summary>The commands one after the other on a tiny text, as a user runs them.</summary>
public sealed class EndToEndTests : IDisposable
{
    private static readonly string[] Names = ["Ann", "Bob", "Cid", "Dora", "Eve"];
    private static readonly string[] Places = ["Rome", "Oslo", "Bonn", "Lima"];

    private readonly TemporaryFolder _folder = new();

    public EndToEndTests()
    {
        StringBuilder train = new("-DOCSTART- -X- O O\n\n");
        for (int i = 0; i < 60; i++)
        {
            string name = Names[i % 5];
            string place = Places[i % 4];
            train.Append(i % 2 == 0
                ? $"{name} NNP I-PER\nsaw VBD O\n{place} NNP I-LOC\n. . O\n\n"
                : $"In IN O\n{place} NNP I-LOC\nlives VBZ O\n{name} NNP I-PER\nLee NNP I-PER\nnow RB O\n{i.ToString(CultureInfo.InvariantCulture)} CD O\n. . O\n\n");
        }

        _folder.Write("data/train.txt", Encoding.UTF8.GetBytes(train.ToString()));
        _folder.Write("data/dev.txt", "Eve NNP I-PER\nsaw VBD O\nOslo NNP I-LOC\n. . O\n\nIn IN O\nBonn NNP I-LOC\nlives VBZ O\nAnn NNP I-PER\nLee NNP I-PER\n. . O\n"u8.ToArray());
        _folder.Write("data/test.txt", "Cid NNP B-PER\nsaw VBD O\nLima NNP B-LOC\n\nZoe NNP B-PER\nsaw VBD O\nOslo NNP B-LOC\n"u8.ToArray());
    }

    private string Data => _folder["data"];

    private string Checkpoint => _folder["run"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void TrainEvaluateAndTagWorkTogether()
    {
        ProgramRun train = Train("--epochs", "6", "--metrics", _folder["metrics.jsonl"]);
        Assert.Empty(train.Error);
        Assert.Equal(0, train.ExitCode);
        Assert.Contains("60 training sentences, 2 for validation, 2 for the test", train.Output, StringComparison.Ordinal);
        Assert.Contains("6 bucketed batches of 10 sentences; padded, 0.0 % of their places would be empty", train.Output, StringComparison.Ordinal);
        double[][] lines = Metrics("metrics.jsonl");
        Assert.Equal(7, lines.Length);
        Assert.True(lines[5][0] < lines[0][0], "the training loss did not fall");
        Assert.All(lines, line => Assert.InRange(line[1], 0, 100));

        // The test is of the epoch with the best validation, and evaluate finds the same.
        ProgramRun evaluate = ProgramRun.Of("evaluate", Path.Combine(Data, "test.txt"), "--checkpoint", Checkpoint, "--threads", "1");
        Assert.Equal(0, evaluate.ExitCode);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"FB1: {lines[^1][2],6:0.00}\n"), evaluate.Output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.EndsWith(evaluate.Output[evaluate.Output.IndexOf("processed", StringComparison.Ordinal)..], train.Output, StringComparison.Ordinal);

        // What tag writes of a column file, score counts as evaluate did.
        ProgramRun tag = ProgramRun.Of("tag", Path.Combine(Data, "test.txt"), "--columns", "--checkpoint", Checkpoint);
        Assert.Equal(0, tag.ExitCode);
        Assert.StartsWith("Cid NNP B-PER ", tag.Output, StringComparison.Ordinal);
        _folder.Write("tagged.txt", Encoding.UTF8.GetBytes(tag.Output));
        ProgramRun score = ProgramRun.Of("score", _folder["tagged.txt"]);
        Assert.EndsWith(score.Output, evaluate.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void TextComesFromAFileOrFromStandardInput()
    {
        Train("--epochs", "1");
        string text = "Ann saw Rome .\n\n  In\tOslo lives Zoe 99 \n";
        _folder.Write("text.txt", Encoding.UTF8.GetBytes(text));
        ProgramRun fromFile = ProgramRun.Of("tag", _folder["text.txt"], "--checkpoint", Checkpoint);
        ProgramRun fromInput = ProgramRun.Of(Encoding.UTF8.GetBytes(text), CancellationToken.None, "tag", "--checkpoint", Checkpoint);
        Assert.Equal(0, fromFile.ExitCode);
        Assert.Equal(fromFile.Output, fromInput.Output);
        string[] lines = fromFile.Output.ReplaceLineEndings("\n").Split('\n');
        Assert.Equal(["Ann", "saw", "Rome", ".", "", "In", "Oslo", "lives", "Zoe", "99", "", ""], lines.Select(line => line.Split(' ')[0]));
        Assert.All(lines.Where(line => line.Length > 0), line => Assert.Matches("^[^ ]+ (O|[BI]-(PER|LOC))$", line));
        Assert.Equal(new ProgramRun(0, "", ""), ProgramRun.Of([], CancellationToken.None, "tag", "--checkpoint", Checkpoint));
        Assert.Equal(new ProgramRun(0, "", ""), ProgramRun.Of([], CancellationToken.None, "tag", "--columns", "--checkpoint", Checkpoint));
        _folder.Write("one.txt", "Ann B-PER\n"u8.ToArray());
        Assert.Contains("on the 1 sentence of ", ProgramRun.Of("evaluate", _folder["one.txt"], "--checkpoint", Checkpoint).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void ASentenceOfTenThousandWordsIsTaggedWhole()
    {
        Train("--epochs", "1");
        string line = string.Join(' ', Enumerable.Repeat("Ann saw Rome .", 2500));
        ProgramRun run = ProgramRun.Of(Encoding.UTF8.GetBytes(line + "\nBob saw Oslo .\n"), CancellationToken.None, "tag", "--checkpoint", Checkpoint);
        Assert.Equal(0, run.ExitCode);
        string[] lines = run.Output.ReplaceLineEndings("\n").Split('\n');
        Assert.Equal(10_000, lines.TakeWhile(item => item.Length > 0).Count());

        ProgramRun longer = ProgramRun.Of(Encoding.UTF8.GetBytes("Ann\n" + string.Join(' ', Enumerable.Repeat("a", 50_001)) + "\n"), CancellationToken.None, "tag", "--checkpoint", Checkpoint);
        AssertFailure("standard input, line 2: a sentence of 50001 words begins here, and the most are 50000; split it.", longer);

        // Which sentences stand beside it changes nothing.
        ProgramRun alone = ProgramRun.Of("Bob saw Oslo .\n"u8.ToArray(), CancellationToken.None, "tag", "--checkpoint", Checkpoint);
        Assert.EndsWith("\n\n" + alone.Output.ReplaceLineEndings("\n"), run.Output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public void ATrainingSentenceThatIsTooLongIsTrainedInParts()
    {
        File.AppendAllText(Path.Combine(Data, "train.txt"), string.Concat(Enumerable.Repeat("Ann NNP I-PER\nsaw VBD O\n", 150)));
        ProgramRun train = Train("--max-steps", "2");
        Assert.Equal(0, train.ExitCode);
        Assert.Contains("1 training sentences have more than 128 words and are trained in parts (63 sentences and parts in all)", train.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("structured")]
    [InlineData("random")]
    public void AStoppedAndResumedRunEndsWithTheSameBits(string pattern)
    {
        string[] options = ["--epochs", "3", "--seed", "5", "--pattern", pattern, "--sites", "nr+rh"];
        Train([.. options, "--checkpoint", _folder["whole"], "--metrics", _folder["whole.jsonl"], "--threads", "2"]);
        Assert.Equal(0, Train([.. options, "--max-steps", "8", "--metrics", _folder["parts.jsonl"]]).ExitCode);
        ProgramRun resumed = Train("--resume", "--metrics", _folder["parts.jsonl"]);
        Assert.Empty(resumed.Error);
        Assert.Contains("going on after step 8", resumed.Output, StringComparison.Ordinal);
        Assert.Equal(Weights("whole"), Weights("run"));
        Assert.Equal(Metrics("whole.jsonl")[^1], Metrics("parts.jsonl")[^1]);
    }

    [Fact]
    public void CancellingLeavesACheckpointAndSaysHowToGoOn()
    {
        using CancellationTokenSource stop = new();
        stop.Cancel();
        ProgramRun run = ProgramRun.Of([], stop.Token, "train", "--data", Data, "--checkpoint", Checkpoint, "--threads", "1");
        Assert.Equal(130, run.ExitCode);
        Assert.Contains("Go on with --resume.", run.Output, StringComparison.Ordinal);
        Assert.Equal(0, Train("--resume", "--max-steps", "1").ExitCode);
        Assert.Equal(0, ProgramRun.Of("evaluate", Path.Combine(Data, "test.txt"), "--checkpoint", Checkpoint).ExitCode);
    }

    [Fact]
    public void PatienceEndsARunAndTheBestEpochIsKept()
    {
        ProgramRun run = Train("--epochs", "40", "--patience", "2", "--metrics", _folder["metrics.jsonl"]);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("stopped early: no better validation for 2 epochs", run.Output, StringComparison.Ordinal);
        double best = Metrics("metrics.jsonl").Max(line => line[1]);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"The test text with the epoch with the best validation (F1 {best:0.00}):"), run.Output, StringComparison.Ordinal);

        // Without checkpoints the best weights wait in memory.
        ProgramRun other = ProgramRun.Of("train", "--data", Data, "--threads", "1", "--epochs", "40", "--patience", "2");
        Assert.Equal(run.Output[run.Output.IndexOf("The test text", StringComparison.Ordinal)..], other.Output[other.Output.IndexOf("The test text", StringComparison.Ordinal)..]);
    }

    [Fact]
    public void VectorsBeginTheTableAndAreCounted()
    {
        string vector = string.Concat(Enumerable.Repeat(" 0.25", 100));
        _folder.Write("vectors.txt", Encoding.UTF8.GetBytes($"ann{vector}\nrome{vector}\nzoe{vector}\n00{vector}\nelsewhere{vector}\n"));
        ProgramRun run = Train("--max-steps", "1", "--vectors", _folder["vectors.txt"]);
        Assert.Empty(run.Error);

        // zoe is of the test text alone and gets a number because it has a vector; 31 and its like are 00.
        Assert.Contains("5 vectors of 100 numbers;", run.Output, StringComparison.Ordinal);
        Assert.Contains("(4 as they are written, 0 in lower case)", run.Output, StringComparison.Ordinal);
        Assert.Contains("zoe 0\n", File.ReadAllText(Directory.GetFiles(Checkpoint, "words.txt", SearchOption.AllDirectories)[0]), StringComparison.Ordinal);

        // Vectors that are not trained stay as they were given.
        Assert.Equal(0, Train("--epochs", "1", "--vectors", _folder["vectors.txt"], "--fine-tune", "off", "--checkpoint", _folder["frozen"]).ExitCode);
        Assert.All(VectorOf(_folder["frozen"], "ann"), value => Assert.Equal(0.25f, value));
        Assert.Contains(VectorOf(Checkpoint, "ann"), value => value != 0.25f);
        Assert.Equal(0, ProgramRun.Of("evaluate", Path.Combine(Data, "test.txt"), "--checkpoint", _folder["frozen"]).ExitCode);
        AssertFailure("--fine-tune is 'on' and the run to resume has 'off'", ProgramRun.Of("train", "--resume", "--data", Data, "--checkpoint", _folder["frozen"], "--fine-tune", "on"));
        AssertFailure("--fine-tune off needs --vectors", ProgramRun.Of("train", "--fine-tune", "off"));

        _folder.Write("narrow.txt", "ann 1 2 3\n"u8.ToArray());
        AssertFailure("has vectors of 3 numbers and the embedding 'Words' takes 100", Train("--checkpoint", _folder["other"], "--vectors", _folder["narrow.txt"]));
        AssertFailure("--vectors is for the beginning of a run", Train("--resume", "--vectors", _folder["vectors.txt"]));
    }

    [Theory]
    [InlineData("on")]
    [InlineData("off")]
    public void AnLstmReadsTheLettersOfWordsWhereItIsAskedTo(string fineTune)
    {
        string vector = string.Concat(Enumerable.Repeat(" 0.25", 100));
        _folder.Write("vectors.txt", Encoding.UTF8.GetBytes($"ann{vector}\nrome{vector}\n"));
        ProgramRun train = Train("--epochs", "4", "--spelling", "lstm", "--fine-tune", fineTune, "--vectors", _folder["vectors.txt"], "--metrics", _folder["metrics.jsonl"]);
        Assert.Empty(train.Error);
        Assert.Equal(0, train.ExitCode);
        double[][] lines = Metrics("metrics.jsonl");
        Assert.True(lines[3][0] < lines[0][0], "the training loss did not fall");

        // What reads the checkpoint finds the class by itself; a run cannot go on as another one.
        Assert.Equal(0, ProgramRun.Of("evaluate", Path.Combine(Data, "test.txt"), "--checkpoint", Checkpoint, "--threads", "1").ExitCode);
        Assert.Contains(
            Directory.GetFiles(Checkpoint, "*.safetensors", SearchOption.AllDirectories),
            file => Encoding.UTF8.GetString(File.ReadAllBytes(file)).Contains("Spelling.weight_hh_l0_reverse", StringComparison.Ordinal));
        AssertFailure("--spelling is 'cnn' and the run to resume has 'lstm'", ProgramRun.Of("train", "--resume", "--data", Data, "--checkpoint", Checkpoint, "--spelling", "cnn"));
    }

    [Fact]
    public void NoOtherCheckpointStandsInForTheBest()
    {
        Train("--epochs", "2");
        string best = File.ReadAllText(Path.Combine(Checkpoint, "best")).Trim();
        string folder = Path.Combine(Checkpoint, best);
        string weights = Path.Combine(folder, "weights.safetensors");
        byte[] bytes = File.ReadAllBytes(weights);
        bytes[^1] ^= 1;
        File.WriteAllBytes(weights, bytes);
        Refused($"The file '{weights}' is not the one that was saved");

        Directory.Delete(folder, recursive: true);
        string other = Path.GetFileName(Directory.GetDirectories(Checkpoint).Single());
        Refused($"The best checkpoint of '{Checkpoint}' is gone, or the file 'best' there is damaged; put it back, or use the latest one ('{Path.Combine(Checkpoint, other)}').");
        File.Delete(Path.Combine(Checkpoint, "best"));
        File.WriteAllText(Path.Combine(Checkpoint, "current"), other + "\n");
        Refused($"The folder '{Checkpoint}' has no best checkpoint;");

        // Which one is meant can be said.
        Assert.Equal(0, ProgramRun.Of("tag", Path.Combine(Data, "test.txt"), "--columns", "--checkpoint", Path.Combine(Checkpoint, other)).ExitCode);

        void Refused(string sentence)
        {
            AssertFailure(sentence, ProgramRun.Of("tag", Path.Combine(Data, "test.txt"), "--columns", "--checkpoint", Checkpoint));
            AssertFailure(sentence, ProgramRun.Of("evaluate", Path.Combine(Data, "test.txt"), "--checkpoint", Checkpoint));
        }
    }

    [Fact]
    public void AFolderThatAnotherRunTrainsInIsRefusedAtOnce()
    {
        Train("--epochs", "1", "--metrics", _folder["metrics.jsonl"]);
        string[] before = Directory.GetFileSystemEntries(Checkpoint);
        File.WriteAllText(_folder["metrics.jsonl"], "");
        using (new CheckpointWriter(Checkpoint).Hold())
        {
            ProgramRun busy = Train("--resume", "--epochs", "2", "--metrics", _folder["metrics.jsonl"]);
            AssertFailure("Another process, or another writer of this one, is writing to the checkpoint folder", busy);
            Assert.DoesNotContain("epoch ", busy.Output, StringComparison.Ordinal);
            Assert.Equal("", File.ReadAllText(_folder["metrics.jsonl"]));
        }

        Assert.Equal(before, Directory.GetFileSystemEntries(Checkpoint));
        Assert.Equal(0, Train("--resume", "--epochs", "2").ExitCode);
    }

    [Fact]
    public void OtherDataOrSettingsAreRefusedOnResume()
    {
        Train("--max-steps", "1");
        AssertFailure("--pattern is 'random' and the run to resume has 'structured'", Train("--resume", "--pattern", "random"));
        AssertFailure("--seed is '9' and the run to resume has '1'", Train("--resume", "--seed", "9"));
        AssertFailure("--batches is 'shuffled' and the run to resume has 'bucketed'", Train("--resume", "--batches", "shuffled"));
        AssertFailure("holds the checkpoint of another run; add --resume", Train());
        File.AppendAllText(Path.Combine(Data, "train.txt"), "more NN O\n");
        AssertFailure("is another training text than", Train("--resume"));
        AssertFailure("--resume needs --checkpoint", ProgramRun.Of("train", "--resume"));
    }

    [Fact]
    public void TheSamplesOwnSentencesNeedNoData()
    {
        ProgramRun run = ProgramRun.Of("train", "--threads", "1", "--epochs", "2", "--max-steps", "40", "--pattern", "dense");
        Assert.Empty(run.Error);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("the sample's own sentences: 2,000 training sentences", run.Output, StringComparison.Ordinal);
    }

    private ProgramRun Train(params string[] more) => ProgramRun.Of(
        ["train", "--data", Data, .. more.Contains("--checkpoint") ? Array.Empty<string>() : ["--checkpoint", Checkpoint], .. more.Contains("--threads") ? Array.Empty<string>() : ["--threads", "1"], .. more]);

    private static float[] VectorOf(string run, string word)
    {
        SavedTagger saved = SavedTagger.Open(run, CheckpointChoice.Latest);
        return saved.Load().Words.Table.ToArray().AsSpan(saved.Vocabulary.Words.Find(word) * 100, 100).ToArray();
    }

    private static void AssertFailure(string sentence, ProgramRun run)
    {
        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains(sentence, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
    }

    private byte[] Weights(string run) =>
        File.ReadAllBytes(Directory.GetFiles(_folder[run], "weights.safetensors", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Last());

    /// <summary>Of each line: training loss, validation and test F1.</summary>
    private double[][] Metrics(string name) => File.ReadAllLines(_folder[name]).Select(line =>
    {
        using JsonDocument json = JsonDocument.Parse(line);
        return new[] { "train_loss", "valid_f1", "test_f1" }
            .Select(key => json.RootElement.GetProperty(key) is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : double.NaN)
            .ToArray();
    }).ToArray();
}
