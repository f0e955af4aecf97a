using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;
using SdCompiler.LanguageModel.Tests;
using SdCompiler.Samples.Tagger.Columns;
using Xunit;

namespace SdCompiler.Tagger.Tests;

public sealed class ColumnFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void SentencesEndAtEmptyLinesDocumentsAndTheFilesEnd()
    {
        string path = Write("-DOCSTART- -X- O O\n\n\nAnn NN B-PER\nsings VB O\n \t \nIn IN O\n-DOCSTART- O\nRome NN B-LOC\n-X- O O\nOslo\tNN\tB-LOC");
        IReadOnlyList<TaggedSentence> sentences = TaggedText.Read(path);
        Assert.Equal(["Ann sings", "In", "Rome", "Oslo"], sentences.Select(sentence => string.Join(' ', sentence.Words)));
        Assert.Equal(["B-PER O", "O", "B-LOC", "B-LOC"], sentences.Select(sentence => string.Join(' ', sentence.Tags)));
        Assert.Equal([4L, 7L, 9L, 11L], sentences.Select(sentence => sentence.Line));
    }

    [Fact]
    public void ColumnsAreChosenFromEitherEnd()
    {
        string path = Write("1 Ann B-NP B-PER x\r\n2  sings\tB-VP O y\r\n");
        TaggedSentence named = Assert.Single(TaggedText.Read(path, new ColumnOptions(Word: 1, Tag: -2)));
        TaggedSentence chunks = Assert.Single(TaggedText.Read(path, new ColumnOptions(Word: -4, Tag: 2)));
        Assert.Equal(["Ann", "sings"], named.Words);
        Assert.Equal("B-PER O", string.Join(' ', named.Tags));
        Assert.Equal(["Ann", "sings"], chunks.Words);
        Assert.Equal("B-NP B-VP", string.Join(' ', chunks.Tags));
    }

    [Fact]
    public void CompressedFilesAreRead()
    {
        using MemoryStream memory = new();
        using (GZipStream gzip = new(memory, CompressionLevel.Optimal))
        {
            gzip.Write("Äne B-PER\n"u8);
        }

        _folder.Write("a.gz", memory.ToArray());
        Assert.Equal("Äne", Assert.Single(TaggedText.Read(_folder["a.gz"])).Words.Single());
    }

    [Fact]
    public void SentencesMayBeVeryLong()
    {
        string path = Write(string.Concat(Enumerable.Repeat("word O\n", 20_000)));
        Assert.Equal(20_000, Assert.Single(TaggedText.Read(path)).Words.Count);
    }

    [Fact]
    public void OtherWhiteSpaceIsPartOfAWord() =>
        Assert.Equal("10\u00a0000", Assert.Single(TaggedText.Read(Write("10\u00a0000 O\n"))).Words.Single());

    [Theory]
    [InlineData("", ": holds no tokens; give a file with one token per line and its columns separated by spaces or tabs.")]
    [InlineData("\n-DOCSTART- O\n\n", ": holds no tokens; give a file with one token per line and its columns separated by spaces or tabs.")]
    [InlineData("a b O\n\na O\n", ", line 3: has 2 columns where the lines before have 3; separate columns by spaces or tabs, and sentences by an empty line.")]
    [InlineData("a O\na\n", ", line 2: has 1 column where the lines before have 2; separate columns by spaces or tabs, and sentences by an empty line.")]
    [InlineData("a O\nb X-\n", ", line 2: 'X-' is no tag; use O, or B-, I-, E- or S- followed by a type, such as B-PER.")]
    [InlineData("a B-\n", ", line 1: 'B-' is no tag; use O, or B-, I-, E- or S- followed by a type, such as B-PER.")]
    [InlineData("a U-PER\n", ", line 1: 'U-PER' is no tag; use O, or B-, I-, E- or S- followed by a type, such as B-PER.")]
    [InlineData("a O-PER\n", ", line 1: 'O-PER' is no tag; use O, or B-, I-, E- or S- followed by a type, such as B-PER.")]
    [InlineData("a I\n", ", line 1: 'I' is no tag; use O, or B-, I-, E- or S- followed by a type, such as B-PER.")]
    [InlineData("a o\n", ", line 1: 'o' is no tag; use O, or B-, I-, E- or S- followed by a type, such as B-PER.")]
    public void MistakesAreOneSentenceWithTheirLine(string text, string message)
    {
        string path = Write(text);
        Assert.Equal(path + message, Assert.Throws<DataFileException>(() => TaggedText.Read(path)).Message);
    }

    [Fact]
    public void AColumnThatIsNotThereIsNamed()
    {
        string path = Write("a b O\n");
        AssertFails(path, new ColumnOptions(Tag: 3), ", line 1: has 3 columns and thus no column 3 for the tag; count from 0, or from -1 backwards.");
        AssertFails(path, new ColumnOptions(Word: -4), ", line 1: has 3 columns and thus no column -4 for the word; count from 0, or from -1 backwards.");
    }

    [Fact]
    public void ATextWithASentencePerLineIsNoColumnFile()
    {
        string path = Write(string.Join(' ', Enumerable.Repeat("word", 10_001)));
        AssertFails(path, null, ", line 1: has 10001 columns, more than 100; put each token on a line of its own, and an empty line after each sentence.");
    }

    [Fact]
    public void InvalidUtf8IsNamed()
    {
        _folder.Write("a", [.. "a O\n"u8, 0xc3, 0x28]);
        AssertFails(_folder["a"], null, ", line 2: is not valid UTF-8 (byte 1 of the line); convert the file to UTF-8.");
    }

    [Fact]
    public void AMissingFileIsNamed() => AssertFails(_folder["none"], null, ": does not exist.");

    private static void AssertFails(string path, ColumnOptions? options, string message) =>
        Assert.Equal(path + message, Assert.Throws<DataFileException>(() => TaggedText.Read(path, options)).Message);

    private string Write(string text)
    {
        _folder.Write("a", Encoding.UTF8.GetBytes(text));
        return _folder["a"];
    }
}
