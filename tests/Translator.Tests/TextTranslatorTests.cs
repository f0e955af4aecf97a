using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using SdCompiler.Samples.Translator.Bpe;
using SdCompiler.Samples.Translator.Data;
using SdCompiler.Samples.Translator.Text;
using SdCompiler.Samples.Translator.Decoding;
using SdCompiler.Samples.Translator.Vocabulary;
using Xunit;

namespace SdCompiler.Translator.Tests;

public sealed class TextTranslatorTests
{
    private static readonly BeamSettings Beam = new(Beam: 5, Best: 2, LengthPenalty: 1, MaximumLength: null, ReplaceUnknown: false);
    private static readonly BeamSettings Replacing = Beam with { ReplaceUnknown = true };

    [Fact]
    public void EachSentenceGetsItsTranslationWhateverTheOrderInWhichTheyAreTranslated()
    {
        TextCoding coding = new(null, TokenVocabulary.Of([["a", "b", "c"]]), TokenVocabulary.Of([["a", "b", "c"]]));
        string[][] sentences = Enumerable.Range(0, 100).Select(i => Enumerable.Range(0, i * 37 % 41).Select(k => "abc"[(i + k) % 3].ToString()).ToArray()).ToArray();
        Mirror mirror = new();
        IReadOnlyList<TranslatedText>[] found = new TextTranslator(coding, mirror, Beam).Translate(sentences, CancellationToken.None);
        for (int i = 0; i < sentences.Length; i++)
        {
            Assert.Equal(sentences[i].Reverse(), found[i][0].Words);
            Assert.Equal(sentences[i].Length == 0 ? 1 : 2, found[i].Count);
        }

        // Similar lengths together, and a sentence without words is not translated at all.
        Assert.True(mirror.Lengths.All(lengths => lengths.Max() - lengths.Min() <= 16));
        Assert.DoesNotContain(mirror.Lengths, lengths => lengths.Contains(1));
        Assert.Equal(sentences.Count(sentence => sentence.Length > 0), mirror.Lengths.Sum(lengths => lengths.Length));
    }

    [Fact]
    public void UnknownWordsBecomeTheSourceWordThatWasLookedAt()
    {
        TextCoding coding = new(null, TokenVocabulary.Of([["a"]]), TokenVocabulary.Of([["a"]]));
        string[][] text = [["Bob", "a", "Ann"]];
        Assert.Equal(["Ann", "a", "Bob"], Best(new TextTranslator(coding, new Mirror(), Replacing), text));
        Assert.Equal(["<unk>", "a", "<unk>"], Best(new TextTranslator(coding, new Mirror(), Beam), text));

        // Where it looks at the end of the sentence there is no word to take.
        Assert.Equal(["<unk>", "a", "<unk>"], Best(new TextTranslator(coding, new Mirror(attended: 3), Replacing), text));
    }

    [Fact]
    public void SubwordsArePutTogether()
    {
        BpeCodes codes = new([new BpeMerge("a", "b")]);
        TextCoding coding = new(codes, TokenVocabulary.Of([["ab@@", "c", "d"]]), TokenVocabulary.Of([["d", "c", "ab@@"]]));
        Assert.Equal(["d", "c", "ab"], Best(new TextTranslator(coding, new Mirror(map: id => coding.Target.Vocabulary.Find(coding.Source.Vocabulary[id])), Beam), [["abc", "d"]]));
    }

    [Fact]
    public void ScoresCompareWithTheTextsOwnWords()
    {
        TextCoding coding = new(null, TokenVocabulary.Of([["a", "b", "c", "d", "e"]]), TokenVocabulary.Of([["a", "b", "c", "d", "e"]]));
        EncodedPair[] pairs = [coding.Encode(new SentencePair(["a", "b", "c", "d"], ["d", "c", "b", "a"])), coding.Encode(new SentencePair(["e", "d", "c", "b"], ["b", "c", "d", "e"]))];
        TestScore score = TestScore.Of(new TextTranslator(coding, new Mirror(), Beam), pairs, CancellationToken.None);
        Assert.Equal(100, score.Bleu.Value, 9);
        Assert.Equal(["d c b a", "b c d e"], score.Translations.Select(words => string.Join(' ', words)));
        Assert.Matches(@"^BLEU\|nrefs:1\|.* = 100\.00 .*\(beam 5, length penalty 1\.0\)$", score.Line(Beam));
    }

    [Fact]
    public void ItStopsBetweenBatches()
    {
        TextCoding coding = new(null, TokenVocabulary.Of([["a"]]), TokenVocabulary.Of([["a"]]));
        using CancellationTokenSource stop = new();
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => new TextTranslator(coding, new Mirror(), Beam).Translate([["a"]], stop.Token));
    }

    private static string[] Best(TextTranslator translator, string[][] text) => translator.Translate(text, CancellationToken.None)[0][0].Words;

    /// <summary>Translates a sentence into itself backwards, and looks at the word that it writes.</summary>
    private sealed class Mirror(int? attended = null, Func<int, int>? map = null) : ISentenceTranslator
    {
        public List<int[]> Lengths { get; } = [];

        public IReadOnlyList<Hypothesis>[] Translate(IReadOnlyList<int[]> sources, BeamSettings beam)
        {
            Lengths.Add(sources.Select(source => source.Length).ToArray());
            return sources.Select(source =>
            {
                Assert.Equal(SpecialTokens.EndId, source[^1]);
                int[] positions = Enumerable.Range(0, source.Length - 1).Reverse().ToArray();
                Hypothesis best = new(positions.Select(i => map is null ? source[i] : map(source[i])).ToArray(), beam.ReplaceUnknown ? positions.Select(i => attended ?? i).ToArray() : null, -1);
                return (IReadOnlyList<Hypothesis>)Enumerable.Repeat(best, beam.Best).ToArray();
            }).ToArray();
        }
    }
}
