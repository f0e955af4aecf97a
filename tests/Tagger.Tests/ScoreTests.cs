using System;
using System.Text;
using SdCompiler.LanguageModel.Tests;
using SdCompiler.Samples.Tagger.Scoring;
using Xunit;

namespace SdCompiler.Tagger.Tests;

public sealed class ScoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void AFileIsScoredByHand()
    {
        // Gold: Ann Lee PER, Rome LOC, Oslo LOC, UN ORG. Predicted: Ann Lee PER (right), Rome ORG (wrong type),
        // Oslo LOC (right, though it begins with I-), and the UN too long. 4 gold, 4 predicted, 2 correct.
        // Tags: of 8 tokens the two of Ann Lee, "saw", "and" and UN agree: 5 (Oslo's do not: B- against I-).
        string output = Score("""
            Ann NN B-PER B-PER
            Lee NN I-PER I-PER
            saw VB O O
            Rome NN B-LOC B-ORG

            Oslo NN B-LOC I-LOC
            and CC O O

            UN NN B-ORG B-ORG
            chief NN O I-ORG
            """);
        Assert.Equal(
            """
            processed 8 tokens with 4 phrases; found: 4 phrases; correct: 2.
            accuracy:  62.50%; precision:  50.00%; recall:  50.00%; FB1:  50.00
                          LOC: precision: 100.00%; recall:  50.00%; FB1:  66.67  1
                          ORG: precision:   0.00%; recall:   0.00%; FB1:   0.00  2
                          PER: precision: 100.00%; recall: 100.00%; FB1: 100.00  1

            """,
            output,
            ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void EntitiesEndAtSentences()
    {
        // Gold: one entity in each sentence; predicted the same. Without the break they would be one of two words.
        string output = Score("a B-P I-P\n\nb B-P I-P\n");
        Assert.StartsWith("processed 2 tokens with 2 phrases; found: 2 phrases; correct: 2.", output, StringComparison.Ordinal);
    }

    [Fact]
    public void IllegalPredictionsCountAsConllevalCountsThem()
    {
        // Gold 0-2:P 3-5:L. Predicted I-P I-P O I-L B-L: 0-2:P (right), 3-4:L and 4-5:L (both wrong).
        TaggingScorer scorer = new();
        scorer.Add(TagText.Tags("B-P I-P O B-L I-L"), TagText.Tags("I-P I-P O I-L B-L"));
        TaggingScores scores = scorer.Scores();
        Assert.Equal(new EntityCounts(2, 3, 1), scores.Overall);
        Assert.Equal(100.0 / 3, scores.Overall.Precision, 12);
        Assert.Equal(50, scores.Overall.Recall, 12);
        Assert.Equal(40, scores.Overall.F1, 12); // 2 * 1 / (2 + 3)
        Assert.Equal(2, scores.CorrectTokens); // I-P and O
        Assert.Equal(["L", "P"], Array.ConvertAll([.. scores.ByType], pair => pair.Key));
        Assert.Equal(new EntityCounts(1, 2, 0), scores.ByType[0].Value);
    }

    [Fact]
    public void NothingToFindIsNoDivisionByZero()
    {
        string output = Score("a O O\n");
        Assert.Equal("processed 1 tokens with 0 phrases; found: 0 phrases; correct: 0.\naccuracy: 100.00%; precision:   0.00%; recall:   0.00%; FB1:   0.00\n", output, ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void LongTypesWidenTheirColumn()
    {
        string output = Score("a B-geographical-entity B-geographical-entity\nb O B-P\n");
        Assert.Contains("\ngeographical-entity: precision: 100.00%", output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("\n                  P: precision:   0.00%", output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public void BioesTagsAreScoredAsConllevalDoesWithAWarning()
    {
        _folder.Write("a", "a S-P S-P\nb S-P S-P\n"u8.ToArray());
        ProgramRun run = ProgramRun.Of("score", _folder["a"]);
        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith("processed 2 tokens with 1 phrases", run.Output, StringComparison.Ordinal);
        Assert.Equal($"{_folder["a"]}: has E- or S- tags, of which the shared tasks' scorer joins touching entities of one type; score BIO2 tags to keep them apart.\n", run.Error, ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void SentencesOfUnequalLengthAreRefused() =>
        Assert.Contains("has 1 gold tags and 2 predicted ones", Assert.Throws<ArgumentException>(() => new TaggingScorer().Add(TagText.Tags("O"), TagText.Tags("O O"))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("a\n", "line 1: has 1 column; the last two must be the gold and the predicted tag.")]
    [InlineData("a O O\nb O X\n", "line 2: 'X' is no tag; use O, or B-, I-, E- or S- followed by a type, such as B-PER.")]
    [InlineData("a O O\nb B O\n", "line 2: 'B' is no tag; use O, or B-, I-, E- or S- followed by a type, such as B-PER.")]
    [InlineData("Anna B-PER\nsaw O\n", "line 1: 'Anna' in the column before the last is no tag; the last two columns must be the gold and the predicted tag, such as what tag --columns writes of a file with gold tags.")]
    public void AWrongFileIsOneSentenceAndNoSuccess(string text, string sentence)
    {
        _folder.Write("a", Encoding.UTF8.GetBytes(text));
        ProgramRun run = ProgramRun.Of("score", _folder["a"]);
        Assert.Equal((1, $"{_folder["a"]}, {sentence}{Environment.NewLine}", ""), (run.ExitCode, run.Error, run.Output));
    }

    [Theory]
    [InlineData("score", "Required argument missing for command: 'score'; see --help.")]
    [InlineData("score a b", "Unrecognized command or argument 'b'; see --help.")]
    [InlineData("guess", "There is no command 'guess'; see --help.")]
    public void AWrongCommandLineIsOneSentence(string line, string sentence)
    {
        ProgramRun run = ProgramRun.Of(line.Split(' '));
        Assert.Equal((2, sentence + Environment.NewLine), (run.ExitCode, run.Error));
    }

    [Fact]
    public void HelpShowsThatTheTextOfTagMayBeLeftOut() => Assert.Contains("tag [<FILE>] [options]", ProgramRun.Of("tag", "--help").Output, StringComparison.Ordinal);

    private string Score(string text)
    {
        _folder.Write("a", Encoding.UTF8.GetBytes(text));
        ProgramRun run = ProgramRun.Of("score", _folder["a"]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        return run.Output;
    }
}
