using System;
using System.IO;
using System.Text;
using System.Threading;
using SdCompiler.LanguageModel.Tests;
using Xunit;

namespace SdCompiler.Tagger.Tests;

/// <summary>Whatever is wrong with a file is one sentence with its name and, where there is one, its line.</summary>
public sealed class BadInputTests : IDisposable
{
    private const string Good = "Ann B-PER\nsaw O\nRome B-LOC\n\nBob B-PER\nsaw O\n";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("Ann B-PER\nsaw\n", Good, "train.txt, line 2: has 1 column where the lines before have 2")]
    [InlineData("Ann B-PER\nsaw X\n", Good, "train.txt, line 2: 'X' is no tag; use O, or")]
    [InlineData("Ann E-PER\n", Good, "train.txt, line 1: E-PER at the start of a sentence is wrong in BIOES")]
    [InlineData("", Good, "train.txt: holds no tokens")]
    [InlineData("\n\n-DOCSTART- O\n", Good, "train.txt: holds no tokens")]
    [InlineData(Good, "Ann B-PER\nUN B-ORG\n", "valid.txt, line 2: has an entity of type 'ORG', and the training text has 'LOC', 'PER' only")]
    [InlineData(Good, "Ann\n", "valid.txt, line 1: 'Ann' is no tag")]
    [InlineData("a\0 O\n", Good, "train.txt, line 1: holds a NUL byte")]
    [InlineData("Ann saw Rome .\n", Good, "train.txt, line 1: '.' is no tag")]
    [InlineData("Ann O\nsaw O\n\nBob O\n", Good, "train.txt: has no entity, every tag is O; give a training text with tags such as B-PER")]
    public void ColumnFiles(string train, string valid, string part)
    {
        _folder.Write("data/train.txt", Encoding.UTF8.GetBytes(train));
        _folder.Write("data/valid.txt", Encoding.UTF8.GetBytes(valid));
        AssertFailure(part, ProgramRun.Of("train", "--data", _folder["data"], "--checkpoint", _folder["run"]));
        Assert.False(Directory.Exists(_folder["run"]));
    }

    [Fact]
    public void ALineOfTenThousandWordsInAColumnFile()
    {
        _folder.Write("data/train.txt", Encoding.UTF8.GetBytes(string.Join(' ', new string('a', 10_000).ToCharArray()) + "\n"));
        _folder.Write("data/valid.txt", Encoding.UTF8.GetBytes(Good));
        AssertFailure("train.txt, line 1: has 10000 columns, more than 100; put each token on a line of its own", ProgramRun.Of("train", "--data", _folder["data"]));
    }

    [Fact]
    public void InvalidUtf8()
    {
        _folder.Write("data/train.txt", [.. Encoding.UTF8.GetBytes(Good), 0xff, 0x20, 0x4f, 0x0a]);
        _folder.Write("data/valid.txt", Encoding.UTF8.GetBytes(Good));
        AssertFailure("train.txt, line 7: is not valid UTF-8", ProgramRun.Of("train", "--data", _folder["data"]));

        TrainGood();
        AssertFailure("standard input, line 2: is not valid UTF-8", ProgramRun.Of([0x61, 0x0a, 0xff, 0x0a], CancellationToken.None, "tag", "--checkpoint", _folder["run"]));
        AssertFailure("standard input, line 1: holds a NUL byte", ProgramRun.Of([0x61, 0, 0x0a], CancellationToken.None, "tag", "--checkpoint", _folder["run"]));
    }

    [Fact]
    public void MissingFilesAndFolders()
    {
        AssertFailure("nowhere: does not exist", ProgramRun.Of("train", "--data", _folder["nowhere"]));
        Directory.CreateDirectory(_folder["empty"]);
        AssertFailure("has no training file with a validation file; it needs train.txt", ProgramRun.Of("train", "--data", _folder["empty"]));
        AssertFailure("is a file where a folder is expected", ProgramRun.Of("train", "--data", Write("file", "x")));
        AssertFailure("There is no checkpoint folder", ProgramRun.Of("tag", "--checkpoint", _folder["nowhere"]));
        AssertFailure("--checkpoint is missing; evaluate needs a DIR.", ProgramRun.Of("evaluate", _folder["file"]));
        AssertFailure("--seed is '99999999999'; use a whole number from 0 to 2147483647.", ProgramRun.Of("train", "--seed", "99999999999"));
        AssertFailure("--seed is '-1'; use a whole number from 0 on.", ProgramRun.Of("train", "--seed", "-1"));
        AssertFailure("--seed is 'x'; use a whole number from 0 on.", ProgramRun.Of("train", "--seed", "x"));
        AssertFailure("--pattern is 'fancy'; use dense, random or structured.", ProgramRun.Of("train", "--pattern", "fancy"));
    }

    [Fact]
    public void AFileThatHoldsNoVectorsIsToldWhatTheModelNeeds()
    {
        _folder.Write("data/train.txt", Encoding.UTF8.GetBytes(Good));
        _folder.Write("data/valid.txt", Encoding.UTF8.GetBytes(Good));
        AssertFailure("train.txt, line 1: 'B-PER' is no finite number; give lines of a word and 100 numbers", ProgramRun.Of("train", "--data", _folder["data"], "--vectors", _folder["data/train.txt"]));
        AssertFailure("prose, line 2: has 4 numbers where the lines before have 2; give lines of a word and 100 numbers", ProgramRun.Of("train", "--data", _folder["data"], "--vectors", Write("prose", "One sentence here\nand 1 2 3 4\n")));
        AssertFailure("one, line 1: has no numbers after the word; give lines of a word and 100 numbers", ProgramRun.Of("train", "--data", _folder["data"], "--vectors", Write("one", "word\n")));
    }

    [Fact]
    public void WhatEvaluateAndTagAreGiven()
    {
        TrainGood();
        AssertFailure("absent.txt: does not exist", ProgramRun.Of("evaluate", _folder["absent.txt"], "--checkpoint", _folder["run"]));
        AssertFailure("bad.txt, line 2: has an entity of type 'ORG'", ProgramRun.Of("evaluate", Write("bad.txt", "Ann B-PER\nUN B-ORG\n"), "--checkpoint", _folder["run"]));
        AssertFailure("ragged.txt, line 2: has 2 columns where the lines before have 1", ProgramRun.Of("tag", Write("ragged.txt", "Ann\nUN x\n"), "--columns", "--checkpoint", _folder["run"]));
        File.WriteAllText(Directory.GetFiles(_folder["run"], "tags.txt", SearchOption.AllDirectories)[0], "#tags BIOES\nO\n");
        AssertFailure("tags.txt", ProgramRun.Of("tag", "--checkpoint", _folder["run"]));
    }

    private string Write(string name, string text)
    {
        _folder.Write(name, Encoding.UTF8.GetBytes(text));
        return _folder[name];
    }

    private void TrainGood()
    {
        _folder.Write("data/train.txt", Encoding.UTF8.GetBytes(Good));
        _folder.Write("data/valid.txt", Encoding.UTF8.GetBytes(Good));
        Assert.Equal(0, ProgramRun.Of("train", "--data", _folder["data"], "--checkpoint", _folder["run"], "--epochs", "1", "--threads", "1").ExitCode);
    }

    private static void AssertFailure(string sentence, ProgramRun run)
    {
        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains(sentence, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
    }
}
