using System;
using System.IO;
using System.Linq;
using System.Text;
using Xunit;

namespace SdCompiler.Runtime.Tests.Data;

public sealed class TextFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a b\nc\n", new[] { "a b", "c" })]
    [InlineData("a b\r\nc", new[] { "a b", "c" })]
    [InlineData("\n\nx", new[] { "", "", "x" })]
    [InlineData("\ufeffünï\n", new[] { "ünï" })]
    [InlineData("", new string[0])]
    public void LinesComeWithoutTheirEnds(string text, string[] expected)
    {
        Assert.Equal(expected, TextFile.ReadLines(_folder.Write("t.txt", text)));
        Assert.Equal(expected, TextFile.ReadLines(_folder.WriteGzip("t.txt.gz", text)));
    }

    [Fact]
    public void AStreamIsReadAsStrictlyAsAFile()
    {
        MemoryStream stream = new([.. "\ufeffa b\r\n\nc"u8]);
        Assert.Equal(["a b", "", "c"], TextFile.ReadLines(stream, "standard input"));
        Assert.False(stream.CanRead); // closed at its end
        DataFileException error = Assert.Throws<DataFileException>(() => TextFile.ReadLines(new MemoryStream([0x61, 0x0a, 0xff]), "standard input").Count());
        Assert.StartsWith("standard input, line 2: is not valid UTF-8", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void LinesMayCrossTheBlocksOfTheReader()
    {
        string[] lines = Enumerable.Range(0, 2000).Select(i => new string((char)('a' + (i % 26)), i)).ToArray();
        string text = string.Join('\n', lines);
        Assert.Equal(lines, TextFile.ReadLines(_folder.Write("t.txt", text)));
        Assert.Equal(lines, TextFile.ReadLines(_folder.WriteGzip("t.gz", text)));
    }

    [Fact]
    public void AMissingFileIsNamed()
    {
        DataFileException error = Error(_folder["none.txt"]);
        Assert.Equal($"{_folder["none.txt"]}: does not exist.", error.Message);
        Assert.Equal(0, error.Line);
    }

    [Fact]
    public void AFolderIsNoFile() => Assert.EndsWith("is a folder where a text file is expected.", Error(_folder.Path).Message, StringComparison.Ordinal);

    [Fact]
    public void InvalidUtf8IsAnErrorWithItsLine()
    {
        DataFileException error = Error(_folder.Write("t.txt", [.. "good line\nbad "u8, 0xff, .. " line\n"u8]));
        Assert.Equal(2, error.Line);
        Assert.Equal($"{_folder["t.txt"]}, line 2: is not valid UTF-8 (byte 5 of the line); convert the file to UTF-8.", error.Message);
    }

    [Fact]
    public void ABinaryFileIsAnErrorWithItsLine()
    {
        DataFileException error = Error(_folder.Write("t.txt", [.. "a\nb\nc"u8, 0, 1, 2]));
        Assert.Equal(3, error.Line);
        Assert.Contains("binary file", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    [InlineData(40)]
    public void CutGzipDataAreAnError(int cut)
    {
        Random random = new(1);
        string text = string.Concat(Enumerable.Range(0, 500).Select(_ => (char)random.Next('a', 'z')));
        Assert.Contains("damaged or cut off", Error(_folder.WriteGzip("t.txt.gz", text, cut)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ChangedGzipDataAreAnError()
    {
        Random random = new(2);
        byte[] good = TemporaryFolder.Gzip(string.Concat(Enumerable.Range(0, 300).Select(_ => (char)random.Next('a', 'z'))));
        for (int at = 10; at < good.Length; at++)
        {
            byte[] bad = (byte[])good.Clone();
            bad[at] ^= 0x10;
            Assert.Throws<DataFileException>(() => TextFile.ReadLines(_folder.Write("t.txt.gz", bad)).Count());
        }
    }

    [Fact]
    public void PlainTextNamedGzipIsAnError() =>
        Assert.Contains("is not gzip data", Error(_folder.Write("t.txt.gz", "plain\n")).Message, StringComparison.Ordinal);

    [Fact]
    public void RandomBytesNeverCauseAnotherException()
    {
        Random random = new(3);
        for (int trial = 0; trial < 200; trial++)
        {
            byte[] bytes = new byte[random.Next(1, 200)];
            random.NextBytes(bytes);
            if (trial % 2 == 0)
            {
                (bytes[0], bytes[^1]) = (0x1f, bytes[^1]);
                if (bytes.Length > 1)
                {
                    bytes[1] = 0x8b;
                }
            }

            try
            {
                Assert.True(TextFile.ReadLines(_folder.Write("t", bytes)).Count() >= 0);
            }
            catch (DataFileException error)
            {
                Assert.StartsWith(_folder["t"], error.Message, StringComparison.Ordinal);
            }
        }
    }

    private static DataFileException Error(string path) => Assert.Throws<DataFileException>(() => TextFile.ReadLines(path).Count());
}
