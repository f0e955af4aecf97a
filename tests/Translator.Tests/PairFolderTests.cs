using System;
using System.Collections.Generic;
using System.IO;
using SdCompiler.LanguageModel.Tests;
using SdCompiler.Samples.Translator.Data;
using Xunit;

namespace SdCompiler.Translator.Tests;

public sealed class PairFolderTests : IDisposable
{
    private static readonly Dictionary<TextPart, string> Nothing = [];
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("multi-de-en", "train.tok.de.gz train.tok.en.gz val.tok.de.gz val.tok.en.gz test_2016.tok.de.gz test_2016.tok.en.gz", "train.tok.de.gz", "val.tok.de.gz", "test_2016.tok.de.gz")]
    [InlineData("multi-de-en", "train.de train.en train-sample.de train-sample.en valid.de valid.en dev.old.de dev.old.en vocab.fr notes.txt", "train.de", "valid.de", null)]
    [InlineData("data.de-en", "train.de train.en dev2010.de dev2010.en tst2012.de tst2012.en tst2013.de tst2013.en", "train.de", "tst2012.de", "tst2013.de")]
    public void PartsAreKnownByTheirNames(string name, string files, string? train, string? valid, string? test)
    {
        PairFolder folder = Open(name, files);
        Assert.Equal(new LanguagePair("de", "en"), folder.Languages);
        AssertFiles(train, folder.Find(TextPart.Train));
        AssertFiles(valid, folder.Find(TextPart.Valid));
        AssertFiles(test, folder.Find(TextPart.Test));
    }

    [Fact]
    public void ANamedTextIsOfThatPartAndOfNoOther()
    {
        Dictionary<TextPart, string> prefixes = new() { [TextPart.Train] = "dev2010.raw" };
        PairFolder folder = Open("x-en-vi", "dev2010.raw.en.gz dev2010.raw.vi tst2012a.en tst2012a.vi", prefixes: prefixes);
        AssertFiles("dev2010.raw.en.gz", folder.Need(TextPart.Train));
        AssertFiles("tst2012a.en", folder.Need(TextPart.Valid));
        prefixes[TextPart.Valid] = "none";
        AssertFails($"{Path.Combine(folder.Path, "none.en")}: does not exist, nor with .gz behind it; give --valid what stands before .en and .vi in the names of two files.", () => folder.Find(TextPart.Valid));
    }

    [Theory]
    [InlineData("plain", "de", null, "de-en")]
    [InlineData("plain", null, "de", "en-de")]
    [InlineData("plain", "en", "de", "en-de")]
    [InlineData("some.en-de", null, null, "en-de")]
    [InlineData("de-en", null, null, "de-en")]
    public void TheWayIsSaidOrTheFoldersName(string name, string? from, string? to, string pair) =>
        Assert.Equal(pair, Open(name, "train.de train.en", from, to).Languages.ToString());

    [Theory]
    [InlineData("train.de train.en", null, null, ": holds texts with the suffixes de and en, and its name does not end in de-en or en-de; say the way with --from and --to.")]
    [InlineData("train.de train.en", "fr", null, ": holds texts with the suffixes de and en, and --from is 'fr'; name one of them.")]
    [InlineData("train.de train.en test.fr", "de", null, ": holds texts with the suffixes de, en, fr; name the two languages' suffixes with --from and --to.")]
    [InlineData("train.de vocab.en", null, null, ": holds texts with the suffix de; name the two languages' suffixes with --from and --to.")]
    [InlineData("readme", null, null, ": holds no texts with names such as train.SRC, valid.SRC or test.SRC; name the two languages' suffixes with --from and --to.")]
    public void LanguagesThatCannotBeGuessedAreOneSentence(string files, string? from, string? to, string message) =>
        AssertFails(_folder["wooden-en"] + message, () => Open("wooden-en", files, from, to));

    [Theory]
    [InlineData("train-a.de train-a.en train-b.de train-b.en", ": holds 2 texts that could be the training text (train-a, train-b); name one with --train.")]
    [InlineData("train.de test.de test.en", ": holds train.de without train.en; add its counterpart, or take it away.")]
    [InlineData("test.de test.en", ": holds no training text such as train.de and train.en; add one, or name one of those it has (test) with --train.")]
    [InlineData("train.de train.de.gz train.en", "/train.de: is there plain and as train.de.gz; take one of the two away.")]
    public void PartsThatCannotBeToldAreOneSentence(string files, string message) =>
        AssertFails(_folder["x-de-en"] + message.Replace('/', Path.DirectorySeparatorChar), () => Open("x-de-en", files, "de", "en").Need(TextPart.Train));

    [Fact]
    public void NoFolderIsOneSentence()
    {
        AssertFails($"{_folder["none"]}: the folder does not exist; give one that holds train.SRC, train.TGT and the like.", () => PairFolder.Open(_folder["none"], null, null, Nothing));
        _folder.Write("file", []);
        AssertFails($"{_folder["file"]}: is a file; give the folder that holds train.SRC, train.TGT and the like.", () => PairFolder.Open(_folder["file"], null, null, Nothing));
    }

    private PairFolder Open(string name, string files, string? from = null, string? to = null, Dictionary<TextPart, string>? prefixes = null)
    {
        foreach (string file in files.Split(' '))
        {
            _folder.Write(Path.Combine(name, file), "x\n"u8.ToArray());
        }

        return PairFolder.Open(_folder[name], from, to, prefixes ?? Nothing);
    }

    private static void AssertFiles(string? source, PairFiles? files)
    {
        Assert.Equal(source, files is null ? null : Path.GetFileName(files.Source));
        Assert.True(files is null || (File.Exists(files.Source) && File.Exists(files.Target)));
    }

    private static void AssertFails(string message, Action action) => Assert.Equal(message, Assert.Throws<DataFileException>(action).Message);
}
