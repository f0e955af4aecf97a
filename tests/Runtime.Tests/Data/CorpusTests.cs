using System;
using Xunit;

namespace SdCompiler.Runtime.Tests.Data;

public sealed class CorpusTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("", "")]
    [InlineData("ptb.", "")]
    [InlineData("", ".gz")]
    [InlineData("ptb.", ".gz")]
    public void SplitsAreFoundUnderTheirNames(string prefix, string suffix)
    {
        WriteSplit(prefix, "train", suffix, " the cat <unk> \n the dog \n");
        WriteSplit(prefix, "valid", suffix, "the bird\n");
        WriteSplit(prefix, "test", suffix, "dog\n");
        Corpus corpus = Corpus.Load(_folder.Path);
        Assert.Equal(["<eos>", "the", "<unk>", "cat", "dog"], corpus.Vocabulary.Words);
        Assert.Equal([1, 3, 2, 0, 1, 4, 0], corpus.Train.ToArray());
        Assert.Equal([1, 2, 0], corpus.Valid.ToArray());
        Assert.Equal([4, 0], corpus.Test.ToArray());
        Assert.Equal(corpus.Valid, corpus[CorpusSplit.Valid]);
    }

    [Fact]
    public void TheTestTextMayBeMissing()
    {
        WriteSplit("", "train", "", "a\n");
        WriteSplit("", "valid", "", "a\n");
        Assert.True(Corpus.Load(_folder.Path).Test.IsEmpty);
    }

    [Fact]
    public void AMissingFolderIsNamed() =>
        Assert.Equal($"{_folder["no"]}: the folder does not exist; give one that holds train.txt, valid.txt and test.txt.", Error(_folder["no"]).Message);

    [Fact]
    public void AFileIsNoFolder() => Assert.Contains("is a file", Error(_folder.Write("f.txt", "a")).Message, StringComparison.Ordinal);

    [Fact]
    public void AMissingSplitIsNamed()
    {
        Assert.Contains("no train text; name it train.txt or ptb.train.txt", Error(_folder.Path).Message, StringComparison.Ordinal);
        WriteSplit("", "train", "", "a\n");
        Assert.Contains("no valid text", Error(_folder.Path).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n \n\n")]
    public void AnEmptyFileIsAnError(string text)
    {
        WriteSplit("", "train", "", text);
        Assert.EndsWith("train.txt: holds no words; give a text with one sentence per line.", Error(_folder.Path).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AWordOutsideAVocabularyWithoutUnknownIsAnErrorWithItsLine()
    {
        WriteSplit("", "train", "", "a b\n");
        WriteSplit("", "valid", "", "a\nb c\n");
        DataFileException error = Error(_folder.Path);
        Assert.Equal(2, error.Line);
        Assert.Contains("the word 'c' is not among the 3 words", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TheEndOfSentenceMayStandInTheText()
    {
        WriteSplit("", "train", "", "a <eos>\n");
        WriteSplit("", "valid", "", "a\n");
        Assert.Equal(3, Corpus.Load(_folder.Path).Train.Length);
    }

    private static DataFileException Error(string folder) => Assert.Throws<DataFileException>(() => Corpus.Load(folder));

    private void WriteSplit(string prefix, string split, string suffix, string text)
    {
        if (suffix == ".gz")
        {
            _folder.WriteGzip(prefix + split + ".txt.gz", text);
        }
        else
        {
            _folder.Write(prefix + split + ".txt", text);
        }
    }
}
