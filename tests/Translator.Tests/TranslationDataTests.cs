using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using SdCompiler.LanguageModel.Tests;
using SdCompiler.Samples.Shared;
using SdCompiler.Samples.Translator.Bpe;
using SdCompiler.Samples.Translator.Data;
using SdCompiler.Samples.Translator.Vocabulary;
using Xunit;

namespace SdCompiler.Translator.Tests;

public sealed class TranslationDataTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public TranslationDataTests()
    {
        Write("train.s", "lower low\n\nnewer low low\nlow widest\nslow a b c d e\n");
        Write("train.t", "x x\ny\nx y y\nz y\nx\n");
        Write("valid.s", "low unseen </s>\n\n" + string.Join(' ', Enumerable.Repeat("low", 300)) + "\n");
        Write("valid.t", "x\ny\nx\n");
        Directory.CreateDirectory(_folder["data-s-t"]);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void WordsThatAreRareAreUnknownUnlessTheUserSaysOtherwise()
    {
        TranslationData data = Load(new CodingOptions());
        Assert.Equal("<pad> <unk> <s> </s> low", Tokens(data.Coding.Source));
        Assert.Equal("<pad> <unk> <s> </s> x y", Tokens(data.Coding.Target));
        Assert.Equal([[1, 4, 3], [1, 4, 4, 3], [4, 1, 3]], data.Train.Select(pair => pair.Source));
        Assert.Equal([[4, 4, 3], [4, 5, 5, 3], [1, 5, 3]], data.Train.Select(pair => pair.Target));
        Assert.Equal("<pad> <unk> <s> </s> x y z", Tokens(Load(new CodingOptions { MinCount = 1 }).Coding.Target));
    }

    [Fact]
    public void LongPairsAreLeftOutOfTrainingAndStayElsewhere()
    {
        TranslationData data = Load(new CodingOptions(), steps: 4);
        Assert.Equal((3, 1, 1), (data.Train.Count, data.TooLong, data.Empty));
        Assert.Equal(4, Load(new CodingOptions(), steps: 7).Train.Count);
        Assert.Equal([4, 1, 301], data.Valid.Select(pair => pair.Source.Length));
        Assert.Null(data.Test);

        // A text that spells the end of a sentence does not end there.
        Assert.Equal([4, 1, 1, 3], data.Valid[0].Source);
        AssertFails($"{File("train.s")}: has no pair of at most 1 tokens a side, which is what the model's window takes; give shorter sentences, or a model with more TimeSteps.", () => Load(new CodingOptions(), steps: 2));

        // A validation without a perplexity is no validation.
        Write("valid.s", "low low low low\n");
        Write("valid.t", "x\n");
        Assert.Single(Load(new CodingOptions(), steps: 5).Valid);
        AssertFails($"{File("valid.s")}: has no pair of at most 3 tokens a side, which is what the model's window takes; give shorter sentences, or a model with more TimeSteps.", () => Load(new CodingOptions(), steps: 4));
    }

    [Fact]
    public void MergesAreLearnedFromBothTextsOrRead()
    {
        TranslationData learned = Load(new CodingOptions { BpeMerges = 2 }, steps: 40);
        Assert.Equal([new BpeMerge("l", "o"), new BpeMerge("lo", "w</w>")], learned.Coding.Codes!.Merges);
        Assert.Equal(["lo@@", "w@@", "e@@", "r", "low"], learned.Coding.Source.Tokens(["lower", "low"]));
        Assert.Equal(["lower", "low"], learned.Coding.Source.Words(["lo@@", "w@@", "e@@", "r", "low"]));

        Write("joint.codes", "#version: 0.2\nl o\n");
        Assert.Equal([new BpeMerge("l", "o")], Load(new CodingOptions(), steps: 40).Coding.Codes!.Merges);
        Assert.Null(Load(new CodingOptions { Bpe = "none" }).Coding.Codes);
        _folder.Write("other", "#version: 0.2\ne r</w>\n"u8.ToArray());
        Assert.Equal([new BpeMerge("e", "r</w>")], Load(new CodingOptions { Bpe = _folder["other"] }, steps: 40).Coding.Codes!.Merges);
        Write("second.codes", "#version: 0.2\nl o\n");
        AssertFails($"{_folder["data-s-t"]}: holds 2 files of merges (joint.codes, second.codes); name one with --bpe, or say --bpe none.", () => Load(new CodingOptions()));
    }

    [Fact]
    public void VocabulariesBesideTheTextsAreTakenUnlessOthersAreMeant()
    {
        Write("vocab.s", "<unk>\n<s>\n</s>\nwidest\n");
        TranslationData data = Load(new CodingOptions());
        Assert.Equal("<pad> <unk> <s> </s> widest", Tokens(data.Coding.Source));
        Assert.Equal("<pad> <unk> <s> </s> x y", Tokens(data.Coding.Target));
        Assert.DoesNotContain("widest", Tokens(Load(new CodingOptions { MinCount = 2 }).Coding.Source), StringComparison.Ordinal);
        _folder.Write("v", "z\n"u8.ToArray());
        Assert.Equal("<pad> <unk> <s> </s> z", Tokens(Load(new CodingOptions { TargetVocabulary = _folder["v"], MinCount = 1 }).Coding.Target));
    }

    [Fact]
    public void OptionsThatContradictEachOtherAreOneSentence()
    {
        AssertUsage("--bpe names merges and --bpe-merges learns them; leave one of the two out.", new CodingOptions { Bpe = "x", BpeMerges = 3 });
        AssertUsage(
            "--min-count is for vocabularies that are counted, and both are given; leave it out, or one of --source-vocabulary and --target-vocabulary.",
            new CodingOptions { MinCount = 1, SourceVocabulary = "x", TargetVocabulary = "y" });
    }

    [Fact]
    public void MistakesInTheTextsNameFileAndLine()
    {
        Write("valid.t", "x\ny\n");
        AssertFails($"{File("valid.s")}: has 3 lines and {File("valid.t")} has 2 lines; give files whose lines belong together, one by one.", () => Load(new CodingOptions()));
        _folder.Write("data-s-t/valid.t", [.. "x\ny\n"u8, 0xc3, (byte)'\n']);
        AssertFails($"{File("valid.t")}, line 3: is not valid UTF-8 (byte 1 of the line); convert the file to UTF-8.", () => Load(new CodingOptions()));
    }

    [Fact]
    public void ACheckpointsTextsGiveTheSameCoding()
    {
        foreach (CodingOptions options in new[] { new CodingOptions { BpeMerges = 3 }, new CodingOptions { MinCount = 1 } })
        {
            TextCoding coding = Load(options, steps: 40).Coding;
            Dictionary<string, string> texts = [];
            coding.WriteTo(texts);
            TextCoding again = TextCoding.Of(name => texts.GetValueOrDefault(name), "checkpoint");
            Assert.True(coding.IsSame(again));
            Assert.Equal(coding.EncodeSource(["slow", "unseen"]), again.EncodeSource(["slow", "unseen"]));
        }

        Assert.False(Load(new CodingOptions { MinCount = 1 }).Coding.IsSame(Load(new CodingOptions { BpeMerges = 3 }, steps: 40).Coding));
    }

    [Fact]
    public void TheHashTellsPairsApart()
    {
        IReadOnlyList<EncodedPair> pairs = Load(new CodingOptions()).Train;
        Assert.Equal(DataHash.Of(pairs), DataHash.Of(pairs.ToArray()));
        Assert.NotEqual(DataHash.Of(pairs), DataHash.Of(pairs.Reverse()));
        Assert.NotEqual(DataHash.Of(pairs), DataHash.Of(pairs.Skip(1)));
    }

    [Fact]
    public void TheSamplesOwnTextsAreSplitSoThatEveryWordCanBeWritten()
    {
        TranslationData own = TranslationData.Load(DataOptions.Own, new CodingOptions(), steps: 60);
        Assert.Equal((4000, 0, 300, 300), (own.Train.Count + own.TooLong, own.TooLong, own.Valid.Count, own.Test!.Count));
        Assert.DoesNotContain(own.Test, pair => pair.Target.Contains(SpecialTokens.UnknownId));
        Assert.All(own.Test, pair => Assert.Equal(pair.Words.Target, own.Coding.Target.Words(own.Coding.Target.Vocabulary.Text(pair.Target))));
    }

    private TranslationData Load(CodingOptions options, int steps = 5) =>
        TranslationData.Load(new DataOptions(_folder["data-s-t"], null, null, new Dictionary<TextPart, string>()), options, steps);

    private string File(string name) => Path.Combine(_folder["data-s-t"], name);

    private void Write(string name, string text) => _folder.Write("data-s-t/" + name, System.Text.Encoding.UTF8.GetBytes(text));

    private static string Tokens(TextSide side) => string.Join(' ', side.Vocabulary.Entries.Select(entry => entry.Token));

    private static void AssertFails(string message, Action action) => Assert.Equal(message, Assert.Throws<DataFileException>(action).Message);

    private void AssertUsage(string message, CodingOptions options) => Assert.Equal(message, Assert.Throws<UsageException>(() => Load(options)).Message);
}
