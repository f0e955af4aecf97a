using System;
using System.Linq;
using SdCompiler.Runtime;
using Xunit;

namespace SdCompiler.Runtime.Tests.Data;

public sealed class PretrainedVectorsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("the 0.5 -1e-2\nLondon 1 2\nparis 3 4\n")]
    [InlineData("3 2\nthe 0.5 -1e-2 \nLondon 1 2 \nparis 3 4 \n")]
    [InlineData("\ufeffthe\t0.5\t-1e-2\r\nLondon\t1\t2\r\n\r\nparis  3  4")]
    public void WithAndWithoutHeading(string text)
    {
        PretrainedVectors vectors = PretrainedVectors.Load(_folder.Write("v.txt", text));
        Assert.Equal(2, vectors.Width);
        Assert.Equal(3, vectors.Count);
        Assert.Equal(3, vectors.FileCount);
        Assert.True(vectors.TryFind("the", out ReadOnlyMemory<float> the));
        Assert.Equal([0.5f, -0.01f], the.ToArray());
        Assert.True(vectors.TryFind("London", out _));
        Assert.False(vectors.TryFind("london", out _));
        Assert.True(vectors.TryFind("PARIS", out ReadOnlyMemory<float> paris));
        Assert.Equal([3f, 4f], paris.ToArray());
    }

    [Fact]
    public void OnlyWantedWordsAreKeptAndTheFirstOfTwo()
    {
        string path = _folder.WriteGzip("v.txt.gz", "a 1\nb 2\na 3\nc broken\nd 4\n");
        PretrainedVectors vectors = PretrainedVectors.Load(path, ["A", "d"]);
        Assert.Equal(2, vectors.Count);
        Assert.Equal(5, vectors.FileCount);
        Assert.True(vectors.TryFind("A", out ReadOnlyMemory<float> a));
        Assert.Equal(1f, a.Span[0]);
        Assert.False(vectors.TryFind("b", out _));
    }

    [Fact]
    public void WordsMayHaveSpacesButNotNumbers()
    {
        PretrainedVectors vectors = PretrainedVectors.Load(_folder.Write("v.txt", "a 1 2\n. . . 3 4\nat name@domain.com 5 6\n1996 7 8\n"));
        Assert.True(vectors.TryFind(". . .", out ReadOnlyMemory<float> dots));
        Assert.Equal([3f, 4f], dots.ToArray());
        Assert.True(vectors.TryFind("at name@domain.com", out _));
        Assert.True(vectors.TryFind("1996", out _));
    }

    [Theory]
    [InlineData("a 1 2\nb 1\n", "line 2: has 1 numbers where the lines before have 2")]
    [InlineData("a 1 2\nb 1 2 3\n", "line 2: has 3 numbers where the lines before have 2")]
    [InlineData("2 3\na 1 2 3\nb 1 2\n", "line 3: has 2 numbers where the first line says 3")]
    [InlineData("a 1 2\nb\n", "line 2: has no numbers after the word")]
    [InlineData("a 1 2\n 1 2\n", "line 2: does not begin with a word")]
    [InlineData("a 1 2\nb 1 x\n", "line 2: 'x' is no finite number")]
    [InlineData("a 1 2\nb NaN 1\n", "line 2: 'NaN' is no finite number")]
    [InlineData("a 1 2\nb 1e99 1\n", "line 2: '1e99' is no finite number")]
    [InlineData("3 2\na 1 2\nb 1 2\n", "has 2 vectors and its first line says 3; the file is cut off or damaged")]
    [InlineData("1 2\na 1 2\nb 1 2\n", "has 2 vectors and its first line says 1")]
    [InlineData("", "holds no vectors")]
    [InlineData("\n\n", "holds no vectors")]
    [InlineData("a 1 2\n\0\n", "line 2: holds a NUL byte")]
    public void WhatIsWrongIsOneSentenceWithItsLine(string text, string part)
    {
        string path = _folder.Write("v.txt", text);
        DataFileException e = Assert.Throws<DataFileException>(() => PretrainedVectors.Load(path));
        Assert.StartsWith(path, e.Message, StringComparison.Ordinal);
        Assert.Contains(part, e.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("\n", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a b\n", 0, "line 1: 'b' is no finite number; give lines of a word and 1 number, separated by spaces.")]
    [InlineData("a b\n", 3, "line 1: 'b' is no finite number; give lines of a word and 3 numbers, separated by spaces.")]
    [InlineData("a\n", 0, "line 1: has no numbers after the word; give lines of a word and its numbers, separated by spaces.")]
    [InlineData("a\n", 3, "line 1: has no numbers after the word; give lines of a word and 3 numbers, separated by spaces.")]
    [InlineData("a 1 2\nb 1 2 3\n", 3, "line 2: has 3 numbers where the lines before have 2; give lines of a word and 3 numbers.")]
    [InlineData("a 1 2 3\nb 1 2\n", 3, "line 2: has 2 numbers where the lines before have 3; correct it, or fetch the file again.")]
    [InlineData("", 3, "holds no vectors; give lines of a word and 3 numbers, separated by spaces.")]
    public void WhoeverSaysHowManyNumbersAreNeededIsToldThem(string text, int width, string sentence)
    {
        string path = _folder.Write("v.txt", text);
        Assert.EndsWith(sentence, Assert.Throws<DataFileException>(() => PretrainedVectors.Load(path, width: width)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void InvalidUtf8AndCutGzipAreNamed()
    {
        Assert.Contains("line 2: is not valid UTF-8", Assert.Throws<DataFileException>(() => PretrainedVectors.Load(_folder.Write("v.txt", [0x61, 0x20, 0x31, 0x0a, 0xff, 0x20, 0x31, 0x0a]))).Message, StringComparison.Ordinal);
        Assert.Contains("damaged or cut off", Assert.Throws<DataFileException>(() => PretrainedVectors.Load(_folder.WriteGzip("v.gz", string.Concat(Enumerable.Repeat("a 1 2\n", 100)), cutBytes: 9))).Message, StringComparison.Ordinal);
        Assert.Contains("does not exist", Assert.Throws<DataFileException>(() => PretrainedVectors.Load(_folder["missing.txt"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FillingATableTouchesTheWordsThatTheFileHas()
    {
        TableParameter table = new("Words.weight", 6, 2);
        table.ReadFrom(Enumerable.Range(0, 12).Select(i => 100f + i).ToArray());
        EmbeddingLayer layer = new("Words", 6, 2, table);
        PretrainedVectors vectors = PretrainedVectors.Load(_folder.Write("v.txt", "the 1 2\nLondon 3 4\nlondon 5 6\n"));
        VectorCoverage coverage = vectors.Fill(layer, ["The", "London", "absent"], firstToken: 2);
        Assert.Equal(new VectorCoverage(3, Exact: 1, LowerCase: 1), coverage);
        Assert.Equal(1, coverage.Missing);
        Assert.Equal(2.0 / 3, coverage.Share, 12);
        Assert.Equal([100, 101, 102, 103, 1, 2, 3, 4, 108, 109, 110, 111], layer.Table.ToArray());

        EmbeddingLayer wide = new("Words", 6, 3, new TableParameter("Words.weight", 6, 3));
        Assert.Contains("vectors of 2 numbers and the embedding 'Words' takes 3", Assert.Throws<DataFileException>(() => vectors.Fill(wide, ["a"])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => vectors.Fill(layer, ["a", "b"], firstToken: 5));
        Assert.Throws<ArgumentException>(() => vectors.Fill(layer, ["a"], firstToken: -1));
    }
}
