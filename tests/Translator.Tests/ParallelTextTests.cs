using System;
using System.IO;
using System.IO.Compression;
using System.Linq;
using SdCompiler.LanguageModel.Tests;
using SdCompiler.Samples.Translator.Text;
using Xunit;

namespace SdCompiler.Translator.Tests;

public sealed class ParallelTextTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void LinesBelongTogetherAndEmptyOnesAreSkippedAndCounted()
    {
        Write("s", "Ein  Haus .\n\nzwei\n \ndrei\r\n");
        Write("t", "a house .\n\n\ttwo \nx\nthree");
        ParallelText text = ParallelText.Read(_folder["s"], _folder["t"]);
        Assert.Equal(["Ein Haus .|a house .", "zwei|two", "drei|three"], text.Pairs.Select(Text));
        Assert.Equal([1L, 3L, 5L], text.Pairs.Select(pair => pair.Line));
        Assert.Equal(2, text.Skipped);
    }

    [Fact]
    public void EmptyLinesCanBeKept()
    {
        Write("s", "a\n\n");
        Write("t", "\nb\n");
        ParallelText text = ParallelText.Read(_folder["s"], _folder["t"], EmptyLines.Keep);
        Assert.Equal(["a|", "|b"], text.Pairs.Select(Text));
        Assert.Equal(0, text.Skipped);
    }

    [Fact]
    public void TokensStayAsTheyAreAndFilesMayBeCompressed()
    {
        using MemoryStream memory = new();
        using (GZipStream gzip = new(memory, CompressionLevel.Optimal))
        {
            gzip.Write("&apos;s <unk> Ä@@ @-@\n"u8);
        }

        _folder.Write("s.gz", memory.ToArray());
        Assert.Equal(["&apos;s", "<unk>", "Ä@@", "@-@"], ParallelText.Read(_folder["s.gz"], _folder["s.gz"]).Pairs.Single().Target);
    }

    [Fact]
    public void MistakesAreOneSentence()
    {
        Write("one", "a\n");
        Write("three", "a\n\nc\n");
        Write("empty", "");
        Write("blank", "\n");
        _folder.Write("latin", [.. "a\n"u8, (byte)'b', 0xe4]);
        AssertFails("one", "three", $"{_folder["one"]}: has 1 line and {_folder["three"]} has 3 lines; give files whose lines belong together, one by one.");
        AssertFails("one", "empty", $"{_folder["empty"]}: is empty; give a text with one sentence per line.");
        AssertFails("one", "blank", $"{_folder["one"]}: has no line with words for which {_folder["blank"]} has words too; give two texts whose lines belong together.");
        AssertFails("latin", "one", $"{_folder["latin"]}, line 2: is not valid UTF-8 (byte 2 of the line); convert the file to UTF-8.");
        AssertFails("one", "none", $"{_folder["none"]}: does not exist.");
    }

    private static string Text(SentencePair pair) => string.Join(' ', pair.Source) + "|" + string.Join(' ', pair.Target);

    private void Write(string name, string text) => File.WriteAllText(_folder[name], text);

    private void AssertFails(string source, string target, string message) =>
        Assert.Equal(message, Assert.Throws<DataFileException>(() => ParallelText.Read(_folder[source], _folder[target])).Message);
}
