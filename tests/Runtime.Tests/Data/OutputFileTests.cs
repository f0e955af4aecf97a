using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using SdCompiler.Runtime.Tests.Training;
using Xunit;

namespace SdCompiler.Runtime.Tests.Data;

/// <summary>Files are replaced whole; what is no file is written to and stays what it is.</summary>
public sealed class OutputFileTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void AFileIsReplacedWholeOrNotAtAll()
    {
        string path = _folder["f"];
        OutputFile.Write(path, stream => stream.Write("old"u8));
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Throws<InvalidOperationException>(() => OutputFile.Write(path, stream =>
        {
            stream.Write("half"u8);
            stream.Flush();
            throw new InvalidOperationException();
        }));
        Assert.Equal("old", File.ReadAllText(path));
        OutputFile.Write(path, stream =>
        {
            stream.Write("ne"u8);
            stream.Flush();
            Assert.Equal("old", File.ReadAllText(path));
            stream.Write("w"u8);
        });
        Assert.Equal("new", File.ReadAllText(path));
        Assert.Equal(["f"], Names());
        Assert.ThrowsAny<UnauthorizedAccessException>(() => OutputFile.Write(_folder.Path, stream => stream.Write("x"u8)));
        Assert.Equal(["f"], Names());
    }

    [Fact]
    public void ALinkStaysAndItsTargetIsReplaced()
    {
        Directory.CreateDirectory(_folder["a"]);
        Directory.CreateDirectory(_folder["b/c"]);
        File.WriteAllText(_folder["b/target"], "old");
        Link("b/c/link", "../target");
        Link("a/folder", _folder["b/c"], isFolder: true);
        string twice = _folder["twice"];
        Link("twice", "a/folder/link");
        OutputFile.Write(twice, stream =>
        {
            stream.Write("new"u8);
            stream.Flush();
            Assert.Equal("old", File.ReadAllText(twice));
        });
        Assert.Equal("new", File.ReadAllText(_folder["b/target"]));
        Assert.Equal("a/folder/link", new FileInfo(twice).LinkTarget);
        Assert.Equal("../target", new FileInfo(_folder["b/c/link"]).LinkTarget);
        Assert.Single(Directory.GetFiles(_folder["b"]));
        Assert.Equal(["folder"], Directory.GetFileSystemEntries(_folder["a"]).Select(path => Path.GetFileName(path)));
    }

    [Fact]
    public void WhatALinkToNothingNamesIsMade()
    {
        Link("link", "made");
        OutputFile.Write(_folder["link"], stream => stream.Write("new"u8));
        Assert.Equal("new", File.ReadAllText(_folder["made"]));
        Assert.Equal("made", new FileInfo(_folder["link"]).LinkTarget);
        Link("circle", "circle");
        Assert.ThrowsAny<IOException>(() => OutputFile.Write(_folder["circle"], stream => stream.Write("x"u8)));
        Assert.Equal("circle", new FileInfo(_folder["circle"]).LinkTarget);
    }

    [Theory]
    [InlineData("pipe")]
    [InlineData("link")]
    public async Task APipeGetsTheContentAndStaysAPipe(string name)
    {
        if (OperatingSystem.IsWindows())
        {
            return; // pipes have no place in the file system there
        }

        NamedPipe.Make(_folder["pipe"]);
        Link("link", "pipe");
        for (int round = 0; round < 2; round++)
        {
            Task<byte[]> read = NamedPipe.ReadAsync(_folder["pipe"]);
            OutputFile.Write(_folder[name], stream => stream.Write("through the pipe"u8));
            Assert.Equal("through the pipe"u8.ToArray(), await read.WaitAsync(Patience));
        }

        Assert.Equal(["link", "pipe"], Names());
        Assert.Equal("pipe", new FileInfo(_folder["link"]).LinkTarget);
    }

    [Fact]
    public async Task AModelIsSavedIntoAPipeOrThroughALink()
    {
        var model = new LeakyModel();
        ModelFile.Save(_folder["m"], model.Parameters);
        byte[] saved = File.ReadAllBytes(_folder["m"]);
        File.Delete(_folder["m"]);
        Link("link", "m");
        ModelFile.Save(_folder["link"], model.Parameters);
        Assert.Equal(saved, File.ReadAllBytes(_folder["m"]));
        ModelFile.Save(_folder["link"], model.Parameters);
        Assert.Equal(saved, File.ReadAllBytes(_folder["m"]));
        Assert.Equal("m", new FileInfo(_folder["link"]).LinkTarget);
        if (!OperatingSystem.IsWindows())
        {
            NamedPipe.Make(_folder["pipe"]);
            Task<byte[]> read = NamedPipe.ReadAsync(_folder["pipe"]);
            ModelFile.Save(_folder["pipe"], model.Parameters);
            Assert.Equal(saved, await read.WaitAsync(Patience));
            Assert.Equal(["link", "m", "pipe"], Names());
        }
    }

    private string[] Names() => [.. Directory.GetFileSystemEntries(_folder.Path).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    private void Link(string name, string target, bool isFolder = false)
    {
        if (isFolder)
        {
            Directory.CreateSymbolicLink(_folder[name], target);
        }
        else
        {
            File.CreateSymbolicLink(_folder[name], target);
        }
    }
}
