using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using SdCompiler.LanguageModel.Tests;
using Xunit;

namespace SdCompiler.Translator.Tests;

/// <summary>Train, translate and evaluate one after the other, as a user runs them, on sentences of letters that become their capitals backwards.</summary>
public sealed class TranslationTests : IClassFixture<TranslationTests.TrainedModel>
{
    private readonly TrainedModel _trained;

    public TranslationTests(TrainedModel trained) => _trained = trained;

    private string Checkpoint => _trained.Folder["run"];

    private string Data => _trained.Folder["data"];

    [Fact]
    public void TrainingEndsWithBleuAndEvaluateSaysTheSame()
    {
        Assert.Empty(_trained.Run.Error);
        Match trained = Regex.Match(_trained.Run.Output, @"test perplexity (?<perplexity>\S+)\. Checkpoint: .*\n(test )(?<line>BLEU\|nrefs:1\|case:mixed\|eff:no\|tok:none\|smooth:exp\|version:\S+ = (?<bleu>\S+) .*\(beam 5, length penalty 1\.0\))");
        Assert.True(trained.Success, _trained.Run.Output);
        Assert.Contains(" (right)", _trained.Run.Output, StringComparison.Ordinal);
        Assert.InRange(double.Parse(trained.Groups["bleu"].Value, CultureInfo.InvariantCulture), 60, 100);
        using JsonDocument last = JsonDocument.Parse(File.ReadAllLines(_trained.Folder["metrics.jsonl"])[^1]);
        Assert.Equal(trained.Groups["bleu"].Value, last.RootElement.GetProperty("test_bleu").GetDouble().ToString("0.00", CultureInfo.InvariantCulture));

        ProgramRun evaluate = ProgramRun.Of("evaluate", "--checkpoint", Checkpoint, "--data", Data, "--split", "test", "--threads", "1", "--output", _trained.Folder["out"]);
        Assert.Equal(0, evaluate.ExitCode);
        Assert.Contains($": test perplexity {trained.Groups["perplexity"].Value} (", evaluate.Output, StringComparison.Ordinal);
        Assert.EndsWith(trained.Groups["line"].Value + Environment.NewLine, evaluate.Output, StringComparison.Ordinal);
        ProgramRun bleu = ProgramRun.Of("bleu", _trained.Folder["out"], _trained.Folder["data/test.t"]);
        Assert.StartsWith(bleu.Output.TrimEnd(), trained.Groups["line"].Value, StringComparison.Ordinal);
    }

    [Fact]
    public void LinesAreTranslatedInOrderFromAFileOrStandardInput()
    {
        string text = "a b\n\nc a d\nb\n";
        ProgramRun typed = ProgramRun.Reading(text, "translate", "--checkpoint", Checkpoint, "--threads", "2");
        Assert.Empty(typed.Error);
        string[] lines = typed.Output.Split('\n');
        Assert.Equal((5, "", ""), (lines.Length, lines[1], lines[4]));
        Assert.Equal("B", lines[3]);
        _trained.Folder.Write("text", Encoding.UTF8.GetBytes(text));
        Assert.Equal(0, ProgramRun.Of("translate", "--checkpoint", Checkpoint, _trained.Folder["text"], "--threads", "1", "--output", _trained.Folder["translated"]).ExitCode);
        Assert.Equal(typed.Output, File.ReadAllText(_trained.Folder["translated"]));

        // Alone a sentence gets what it gets in company.
        Assert.Equal(lines[2] + "\n", ProgramRun.Reading("c a d\n", "translate", "--checkpoint", Checkpoint).Output);
    }

    [Fact]
    public void SeveralTranslationsAreNumberedAndOrdered()
    {
        ProgramRun run = ProgramRun.Reading("a b\nc\n", "translate", "--checkpoint", Checkpoint, "--n-best", "3", "--beam", "4", "--length-penalty", "0");
        string[][] lines = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(" ||| ")).ToArray();
        Assert.Equal(["0", "0", "0", "1", "1", "1"], lines.Select(line => line[0]));
        double[] scores = lines.Take(3).Select(line => double.Parse(line[2], CultureInfo.InvariantCulture)).ToArray();
        Assert.Equal(scores.OrderDescending(), scores);
        Assert.Equal(3, lines.Take(3).Select(line => line[1]).Distinct().Count());
        string best = ProgramRun.Reading("a b\nc\n", "translate", "--checkpoint", Checkpoint, "--beam", "4", "--length-penalty", "0").Output;
        Assert.Equal(best, $"{lines[0][1]}\n{lines[3][1]}\n");
    }

    [Fact]
    public void SentencesLongerThanTheWindowAreTranslatedToo()
    {
        string line = string.Join(' ', Enumerable.Repeat("a b c d", 2500));
        ProgramRun run = ProgramRun.Reading(line + "\nb\n", "translate", "--checkpoint", Checkpoint, "--beam", "2", "--max-length", "20");
        Assert.Equal(0, run.ExitCode);
        string[] lines = run.Output.Split('\n');
        Assert.InRange(lines[0].Split(' ').Length, 1, 20);
        Assert.Equal("B", lines[1]);
    }

    [Fact]
    public void MistakesAreOneSentence()
    {
        AssertFails(2, "--data is missing; the checkpoint translates s-t, which the sample's own texts do not.", "evaluate", "--checkpoint", Checkpoint);
        AssertFails(1, $"{Data}: holds test.s without test.x; add its counterpart, or take it away.", "evaluate", "--checkpoint", Checkpoint, "--data", Data, "--split", "test", "--to", "x");
        AssertFails(1, $"{_trained.Folder["none"]}: does not exist.", "translate", "--checkpoint", Checkpoint, _trained.Folder["none"]);
    }

    private static void AssertFails(int code, string message, params string[] args)
    {
        ProgramRun run = ProgramRun.Of(args);
        Assert.Equal((code, message + Environment.NewLine), (run.ExitCode, run.Error));
    }

    /// <summary>A model that all tests translate with.</summary>
    public sealed class TrainedModel : IDisposable
    {
        public TrainedModel()
        {
            Write("train", 300, seed: 1);
            Write("valid", 20, seed: 2);
            Write("test", 20, seed: 3);
            Run = ProgramRun.Of("train", "--data", Folder["data"], "--from", "s", "--to", "t", "--model", "toy", "--epochs", "20", "--full-epochs", "15", "--threads", "1", "--checkpoint", Folder["run"], "--metrics", Folder["metrics.jsonl"]);
        }

        internal TemporaryFolder Folder { get; } = new();

        internal ProgramRun Run { get; }

        public void Dispose() => Folder.Dispose();

        private void Write(string name, int count, int seed)
        {
            Random random = new(seed);
            StringBuilder source = new();
            StringBuilder target = new();
            for (int i = 0; i < count; i++)
            {
                string[] words = Enumerable.Range(0, 1 + (i % 5)).Select(_ => ((char)('a' + random.Next(4))).ToString()).ToArray();
                source.Append(string.Join(' ', words)).Append('\n');
                target.Append(string.Join(' ', words.Reverse().Select(word => word.ToUpperInvariant()))).Append('\n');
            }

            Folder.Write($"data/{name}.s", Encoding.UTF8.GetBytes(source.ToString()));
            Folder.Write($"data/{name}.t", Encoding.UTF8.GetBytes(target.ToString()));
        }
    }
}
