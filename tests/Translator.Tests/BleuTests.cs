using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using SdCompiler.LanguageModel.Tests;
using SdCompiler.Samples.Shared;
using SdCompiler.Samples.Translator.Scoring;
using Xunit;

namespace SdCompiler.Translator.Tests;

public sealed class BleuTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void APerfectTranslationScores100()
    {
        BleuScore score = Score(BleuSmoothing.None, "a b c d e", "a b c d e");
        Assert.Equal(100, score.Value, 12);
        Assert.Equal("100.00 100.0/100.0/100.0/100.0 (BP = 1.000 ratio = 1.000 hyp_len = 5 ref_len = 5)", score.ToString());
    }

    [Fact]
    public void CountsAreClipped()
    {
        // Papineni's example: "the" is right twice at most, as the reference has it twice, of 7; no bigram is right.
        BleuCounts counts = Counts("the the the the the the the", "the cat is on the mat");
        Assert.Equal([2L, 0L, 0L, 0L], counts.Correct);
        Assert.Equal([7L, 6L, 5L, 4L], counts.Total);
        Assert.Equal(0, counts.Score(BleuSmoothing.None).Value);

        // exp: 2/7, then 1/2 of 1/6, 1/4 of 1/5, 1/8 of 1/4; no penalty, as 7 > 6.
        double expected = 100 * Math.Pow(2.0 / 7 * (1.0 / 12) * (1.0 / 20) * (1.0 / 32), 0.25);
        Assert.Equal(expected, counts.Score(BleuSmoothing.Exponential).Value, 12);
    }

    [Fact]
    public void AShortTranslationPaysForItsBrevity()
    {
        // Of "a b c d e x": all of "a b c d e" is right: 5/5, 4/4, 3/3, 2/2; penalty exp(1 - 6/5).
        BleuScore score = Score(BleuSmoothing.None, "a b c d e", "a b c d e x");
        Assert.Equal(100 * Math.Exp(-0.2), score.Value, 12);
        Assert.Equal("81.87 100.0/100.0/100.0/100.0 (BP = 0.819 ratio = 0.833 hyp_len = 5 ref_len = 6)", score.ToString());
    }

    [Fact]
    public void APartlyRightTranslationByHand()
    {
        // "a b c d x" for "a b c d e": right are a b c d, ab bc cd, abc bcd, abcd: 4/5, 3/4, 2/3, 1/2, whose product is 1/5.
        BleuScore score = Score(BleuSmoothing.None, "a b c d x", "a b c d e");
        Assert.Equal(100 * Math.Pow(0.2, 0.25), score.Value, 12);
        Assert.Equal("66.87 80.0/75.0/66.7/50.0 (BP = 1.000 ratio = 1.000 hyp_len = 5 ref_len = 5)", score.ToString());
    }

    [Fact]
    public void SeveralReferencesTakeTheBestOfEachAndTheClosestLength()
    {
        // "a b c d" for "a b x y z" and "b c d": unigrams a, b, c, d are all in one of them: 4/4; bigrams ab, bc, cd: 3/3;
        // trigrams abc no, bcd yes: 1/2; the 4-gram is in none: 0/1. Lengths 5 and 3 are equally close to 4: the shorter one counts.
        BleuCounts counts = Counts("a b c d", "a b x y z", "b c d");
        Assert.Equal([4L, 3L, 1L, 0L], counts.Correct);
        Assert.Equal([4L, 3L, 2L, 1L], counts.Total);
        Assert.Equal(3, counts.ReferenceLength);

        // Clipping takes the reference that has a token most often, and does not add them: "a a a" against "a a" and "a".
        Assert.Equal(2, Counts("a a a", "a a", "a").Correct[0]);
    }

    [Fact]
    public void CountsOfSentencesAddUpToTheText()
    {
        // Sentence 1: 4/5, 3/4, 2/3, 1/2, lengths 5 and 5. Sentence 2, "x y" for "x y z": 2/2, 1/1, 0/0, 0/0, lengths 2 and 3.
        // Together 6/7, 4/5, 2/3, 1/2, whose product is 8/35 = 0.22857; penalty exp(1 - 8/7).
        CorpusBleu bleu = new();
        bleu.Add(Tokens("a b c d x"), Tokens("a b c d e"));
        bleu.Add(Tokens("x y"), Tokens("x y z"));
        Assert.Equal(100 * Math.Exp(-1.0 / 7) * Math.Pow(8.0 / 35, 0.25), bleu.Total.Score(BleuSmoothing.None).Value, 12);

        BleuCounts sum = bleu.Sentences.Aggregate(BleuCounts.Zero, (a, b) => a + b);
        Assert.Equal(bleu.Total.Correct, sum.Correct);
        Assert.Equal(bleu.Total.Total, sum.Total);
        Assert.Equal((bleu.Total.HypothesisLength, bleu.Total.ReferenceLength), (sum.HypothesisLength, sum.ReferenceLength));
    }

    [Theory]
    [InlineData("", "a b", 0, "0.00 0.0/0.0/0.0/0.0 (BP = 0.000 ratio = 0.000 hyp_len = 0 ref_len = 2)")]
    [InlineData("a", "", 0, "0.00 0.0/0.0/0.0/0.0 (BP = 1.000 ratio = 0.000 hyp_len = 1 ref_len = 0)")]
    [InlineData("x y z u", "a b c d", 0, "0.00 0.0/0.0/0.0/0.0 (BP = 1.000 ratio = 1.000 hyp_len = 4 ref_len = 4)")]
    [InlineData("a b", "a b", 0, "0.00 100.0/100.0/0.0/0.0 (BP = 1.000 ratio = 1.000 hyp_len = 2 ref_len = 2)")] // no 3-gram to be right or wrong
    public void NothingRightScores0(string hypothesis, string reference, double value, string text)
    {
        BleuScore score = Score(BleuSmoothing.Exponential, hypothesis, reference);
        Assert.Equal(value, score.Value);
        Assert.Equal(text, score.ToString());
    }

    [Fact]
    public void ATranslationWithoutReferenceIsRefused() =>
        Assert.Contains("give at least one", Assert.Throws<ArgumentException>(() => BleuCounts.Of([], [])).Message, StringComparison.Ordinal);

    [Fact]
    public void TheProgramPrintsSignatureAndScore()
    {
        File.WriteAllText(_folder["h"], "a b c d x\n");
        File.WriteAllText(_folder["r"], "a b c d e\n");
        ProgramRun run = ProgramRun.Of("bleu", _folder["h"], _folder["r"], _folder["r"], "--smoothing", "none");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Matches(@"^BLEU\|nrefs:2\|case:mixed\|eff:no\|tok:none\|smooth:none\|version:SdCompiler-\d+\.\d+\.\d+ = 66\.87 80\.0/75\.0/66\.7/50\.0 \(BP = 1\.000 ratio = 1\.000 hyp_len = 5 ref_len = 5\)\r?\n$", run.Output);
        Assert.Contains("|nrefs:1|case:mixed|eff:no|tok:none|smooth:exp|", ProgramRun.Of("bleu", _folder["h"], _folder["r"]).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void FilesOfUnequalLengthAreOneSentence()
    {
        File.WriteAllText(_folder["h"], "a\nb\n");
        File.WriteAllText(_folder["r"], "a\n");
        ProgramRun run = ProgramRun.Of("bleu", _folder["h"], _folder["h"], _folder["r"]);
        Assert.Equal((1, $"{_folder["r"]}: has 1 line and {_folder["h"]} has 2 lines; give files whose lines belong together, one by one.{Environment.NewLine}"), (run.ExitCode, run.Error));
    }

    [RequiresSacreBleuFact]
    public void RandomTextsScoreAsInSacreBleu()
    {
        SplitMix64 random = new(3);
        foreach (int references in (int[])[1, 2, 3])
        {
            foreach (int words in (int[])[3, 8, 40])
            {
                string[] files = ["h", .. Enumerable.Range(0, references).Select(i => $"r{i}")];
                string[][] texts = files.Select(_ => Enumerable.Range(0, 12).Select(_ => Sentence(random, words)).ToArray()).ToArray();
                for (int i = 0; i < files.Length; i++)
                {
                    File.WriteAllText(_folder[files[i]], string.Concat(texts[i].Select(line => line + "\n")));
                }

                CorpusBleu bleu = new();
                for (int line = 0; line < 12; line++)
                {
                    bleu.Add(Tokens(texts[0][line]), texts[1..].Select(text => Tokens(text[line])).ToArray());
                }

                foreach (BleuSmoothing smoothing in Enum.GetValues<BleuSmoothing>())
                {
                    (double value, string text) = PythonSacreBleu.Score(smoothing == BleuSmoothing.None ? "none" : "exp", _folder["h"], files[1..].Select(file => _folder[file]).ToArray());
                    BleuScore score = bleu.Total.Score(smoothing);
                    Assert.Equal(value, score.Value, 9);
                    Assert.Equal(text, score.ToString());
                }
            }
        }
    }

    private static string Sentence(SplitMix64 random, int words) =>
        string.Join(' ', Enumerable.Range(0, random.Below(12)).Select(_ => "w" + random.Below(words)));

    private static string[] Tokens(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static BleuCounts Counts(string hypothesis, params string[] references) =>
        BleuCounts.Of(Tokens(hypothesis), (IReadOnlyList<string>[])[.. references.Select(Tokens)]);

    private static BleuScore Score(BleuSmoothing smoothing, string hypothesis, string reference) => Counts(hypothesis, reference).Score(smoothing);
}
