using System;
using System.IO;
using System.Linq;
using SdCompiler.Runtime.Cuda;
using Xunit;

namespace SdCompiler.Cuda.Tests;

public sealed class KernelCacheTests : IDisposable
{
    private static readonly byte[] image = [.. Enumerable.Range(0, 100).Select(i => (byte)i)];
    private static readonly string key = KernelCache.Key("source", ["--one", "--two"], "13.0");

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void WhatWasWrittenIsRead()
    {
        var cache = new KernelCache(Path.Combine(folder.Path, "new", "folders"));
        Assert.Null(cache.Read(key));
        cache.Write(key, image);
        Assert.Equal(image, cache.Read(key));
        byte[] other = [1, 2, 3];
        cache.Write(key, other);
        Assert.Equal(other, cache.Read(key));
        Assert.Equal(key + ".cubin", Path.GetFileName(Assert.Single(Directory.GetFiles(Path.Combine(folder.Path, "new", "folders")))));
    }

    [Fact]
    public void AChangedByteAnywhereIsNoticed()
    {
        var cache = new KernelCache(folder.Path);
        cache.Write(key, image);
        string path = Assert.Single(Directory.GetFiles(folder.Path));
        byte[] whole = File.ReadAllBytes(path);
        for (int i = 0; i < whole.Length; i++)
        {
            byte[] damaged = [.. whole];
            damaged[i] ^= 0x10;
            File.WriteAllBytes(path, damaged);
            Assert.Null(cache.Read(key));
        }
    }

    [Fact]
    public void AFileThatEndsEarlyOrGoesOnIsNoticed()
    {
        var cache = new KernelCache(folder.Path);
        cache.Write(key, image);
        string path = Assert.Single(Directory.GetFiles(folder.Path));
        byte[] whole = File.ReadAllBytes(path);
        for (int length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(path, whole[..length]);
            Assert.Null(cache.Read(key));
        }

        File.WriteAllBytes(path, [.. whole, 0]);
        Assert.Null(cache.Read(key));
    }

    [Fact]
    public void AFileUnderAnotherNameIsNoticed()
    {
        var cache = new KernelCache(folder.Path);
        cache.Write(key, image);
        string other = KernelCache.Key("another source", [], "13.0");
        File.Move(Assert.Single(Directory.GetFiles(folder.Path)), Path.Combine(folder.Path, other + ".cubin"));
        Assert.Null(cache.Read(other));
    }

    [Fact]
    public void AFolderThatCannotBeWrittenIsNoError()
    {
        string file = folder.File("file");
        File.WriteAllText(file, "");
        foreach (string? place in new[] { null, file, Path.Combine(file, "below"), "\0" })
        {
            var cache = new KernelCache(place);
            cache.Write(key, image);
            Assert.Null(cache.Read(key));
        }
    }

    [Fact]
    public void AnEntryThatCannotBeReplacedLeavesNothingBehind()
    {
        Directory.CreateDirectory(Path.Combine(folder.Path, key + ".cubin"));
        var cache = new KernelCache(folder.Path);
        cache.Write(key, image);
        Assert.Null(cache.Read(key));
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void TheKeyDependsOnEverything()
    {
        string[] keys =
        [
            key,
            KernelCache.Key("source ", ["--one", "--two"], "13.0"),
            KernelCache.Key("source", ["--two", "--one"], "13.0"),
            KernelCache.Key("source", ["--one--two"], "13.0"),
            KernelCache.Key("source", ["--one"], "13.0"),
            KernelCache.Key("source", ["--one", "--two"], "12.9"),
            KernelCache.Key("--two", ["--one"], "13.0"),
        ];
        Assert.Equal(keys.Length, keys.Distinct().Count());
        Assert.Equal(key, KernelCache.Key("source", ["--one", "--two"], "13.0"));
        Assert.All(keys, k => Assert.Matches("^[0-9a-f]{64}$", k));
    }
}
