using System;
using System.IO;
using Xunit;

namespace SdCompiler.LanguageModel.Tests;

public sealed class DataErrorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void AMissingFolderIsOneSentence() =>
        AssertFailure("the folder does not exist; give one that holds train.txt, valid.txt and test.txt.", "train", "--data", _folder["none"]);

    [Fact]
    public void AnEmptyFileIsOneSentence()
    {
        _folder.Write("train.txt", []);
        AssertFailure("train.txt: holds no words; give a text with one sentence per line.", "train", "--data", _folder.Path);
    }

    [Fact]
    public void InvalidUtf8IsOneSentenceWithItsLine()
    {
        _folder.Write("train.txt", [.. "a b\n"u8, 0xc3, 0x28]);
        AssertFailure("train.txt, line 2: is not valid UTF-8 (byte 1 of the line); convert the file to UTF-8.", "train", "--data", _folder.Path);
    }

    [Fact]
    public void ABinaryFileIsOneSentence()
    {
        _folder.Write("train.txt", [0x7f, 0x45, 0x4c, 0x46, 0, 0, 0]);
        AssertFailure("train.txt, line 1: holds a NUL byte, so this is a binary file and not text; give a UTF-8 text file with one sentence per line.", "train", "--data", _folder.Path);
    }

    [Fact]
    public void ATextTooShortIsOneSentence()
    {
        _folder.Write("train.txt", "a b c\n"u8.ToArray());
        _folder.Write("valid.txt", "a\n"u8.ToArray());
        AssertFailure("train text has 4 tokens, too few for 20 parallel streams; give at least 40.", "train", "--data", _folder.Path);
    }

    [Fact]
    public void AMetricsFileThatCannotBeWrittenIsOneSentence() =>
        AssertFailure("the metrics cannot be written", "train", "--max-steps", "1", "--metrics", _folder["none/metrics.jsonl"]);

    [Fact]
    public void ACheckpointFolderThatCannotBeMadeIsOneSentence()
    {
        _folder.Write("file", [1]);
        AssertFailure("the checkpoint's folder cannot be made", "train", "--checkpoint", _folder["file/run"]);
    }

    [Fact]
    public void ACheckpointOfNothingIsOneSentence()
    {
        Directory.CreateDirectory(_folder["empty"]);
        AssertFailure("holds no checkpoint", "generate", "--checkpoint", _folder["empty"]);
        AssertFailure("There is no checkpoint folder", "evaluate", "--checkpoint", _folder["none"], "--data", _folder.Path);
        AssertFailure("There is no checkpoint", "train", "--resume", "--checkpoint", _folder["none"]);
    }

    private static void AssertFailure(string sentence, params string[] args)
    {
        ProgramRun run = ProgramRun.Of(args);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains(sentence, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
    }
}
