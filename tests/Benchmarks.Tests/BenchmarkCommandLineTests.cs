using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using SdCompiler.Samples.Benchmarks.Commands;
using SdCompiler.Samples.Benchmarks.Models;
using Xunit;

namespace SdCompiler.Benchmarks.Tests;

public sealed class BenchmarkCommandLineTests
{
    [Theory]
    [InlineData("step --model big", "--model is 'big'; use demo, zaremba-small, zaremba-medium, zaremba-large, awd-demo, awd, tagger, translator-demo or translator.")]
    [InlineData("step --model tagger --pattern random-fixed", "--pattern is 'random-fixed', which the model 'tagger' is not compiled for; use dense, structured or random.")]
    [InlineData("step --model tagger --peers .", "--peers is not for the model 'tagger', which no peer trains; leave the option out, or measure another model.")]
    [InlineData("step --model awd --peers .", "--peers is not for the model 'awd', which no peer trains; leave the option out, or measure another model.")]
    [InlineData("step --model awd --pattern random-fixed", "--pattern is 'random-fixed', which the model 'awd' is not compiled for; use dense, random, structured or structured-fixed.")]
    [InlineData("step --model awd --sites nr", "--sites is not for the model 'awd', which has its own places of dropout; leave the option out, or measure another model.")]
    [InlineData("step --pattern locked", "--pattern is 'locked'; use dense, random, random-fixed, structured or structured-fixed.")]
    [InlineData("step --pattern dense --pattern locked", "--pattern is 'locked'; use dense, random, random-fixed, structured or structured-fixed.")]
    [InlineData("step --sites rh", "--sites is 'rh'; use nr or nr+rh.")]
    [InlineData("step --runs 0", "--runs is '0'; use a whole number from 1 to 1000.")]
    [InlineData("step --threads 65", "--threads is '65'; use a whole number from 1 to 64.")]
    [InlineData("step --runs", "--runs needs a value; see --help.")]
    [InlineData("generation --model demo --model big", "--model is 'big'; use demo, zaremba-small, zaremba-medium or zaremba-large.")]
    [InlineData("generation --model awd", "--model is 'awd'; use demo, zaremba-small, zaremba-medium or zaremba-large.")]
    [InlineData("scaling --model tagger", "--model is 'tagger'; use demo, zaremba-small, zaremba-medium or zaremba-large.")]
    [InlineData("generation --runs none", "--runs is 'none'; use a whole number from 1 to 1000.")]
    [InlineData("generation --pattern dense", "Unrecognized command or argument '--pattern'; see --help.")]
    [InlineData("kernels --units 0", "--units is '0'; use whole numbers from 1 to 4096 with commas between them.")]
    [InlineData("kernels --units 64,", "--units is '64,'; use whole numbers from 1 to 4096 with commas between them.")]
    [InlineData("kernels --units 64.5", "--units is '64.5'; use whole numbers from 1 to 4096 with commas between them.")]
    [InlineData("kernels --rows 513", "--rows is '513'; use whole numbers from 1 to 512 with commas between them.")]
    [InlineData("kernels --keep 0.5,1.5", "--keep is '0.5,1.5'; use numbers above 0 up to 1 with commas between them.")]
    [InlineData("kernels --keep nan", "--keep is 'nan'; use numbers above 0 up to 1 with commas between them.")]
    [InlineData("scaling --sweep depth", "--sweep is 'depth'; use steps, rows, threads or units.")]
    [InlineData("step --nonsense", "Unrecognized command or argument '--nonsense'; see --help.")]
    [InlineData("", "Required command was not provided; see --help.")]
    public void AWrongCommandLineIsOneSentenceAndNoSuccess(string line, string sentence)
    {
        BenchmarkRun run = BenchmarkRun.Of(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(2, run.ExitCode);
        Assert.Equal(sentence + Environment.NewLine, run.Error);
    }

    [Theory]
    [InlineData("step")]
    [InlineData("generation")]
    public void AFolderThatIsMissingIsOneSentence(string command)
    {
        BenchmarkRun run = BenchmarkRun.Of(command, "--model", "demo", "--peers", "no-such-folder");
        Assert.Equal(1, run.ExitCode);
        Assert.Equal("no-such-folder: there is no such folder; give --peers the folder with onednn_lm.cpp and pytorch_lm.py." + Environment.NewLine, run.Error);
    }

    [Fact]
    public void AFileThatCannotBeWrittenIsSaidBeforeAnythingIsMeasured()
    {
        BenchmarkRun run = BenchmarkRun.Of("kernels", "--json", "no-such-folder/results.json");
        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("no-such-folder/results.json: the results cannot be written (", run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Theory]
    [InlineData("step --model demo")]
    [InlineData("step --model tagger")]
    [InlineData("generation --model demo")]
    [InlineData("kernels --units 16")]
    [InlineData("scaling --model demo")]
    public void AStoppedRunSaysSo(string line)
    {
        BenchmarkRun run = BenchmarkRun.Of(new CancellationToken(canceled: true), line.Split(' '));
        Assert.Equal(130, run.ExitCode);
        Assert.Equal("Stopped." + Environment.NewLine, run.Error);
    }

    [Theory]
    [InlineData("--help", "kernels")]
    [InlineData("step --help", "--peers")]
    [InlineData("generation --help", "--peers")]
    [InlineData("kernels --help", "--keep")]
    [InlineData("scaling --help", "--sweep")]
    [InlineData("readme --help", "--check")]
    public void HelpNamesTheOptions(string line, string text)
    {
        BenchmarkRun run = BenchmarkRun.Of(line.Split(' '));
        Assert.Equal(0, run.ExitCode);
        Assert.Contains(text, run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(MemoryCommand.Name + " ", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("zaremba-medium", "", null, "Dense, Random, StructuredInput, Structured, StructuredFixed")]
    [InlineData("zaremba-medium", "", "nr", "Dense, RandomInput, StructuredInput, StructuredFixedInput")]
    [InlineData("zaremba-medium", "structured dense structured", null, "Dense, Structured")]
    [InlineData("zaremba-small", "structured", "nr", "Dense")]
    [InlineData("awd", "", null, "Dense, RandomFixed, Structured, StructuredFixed")]
    [InlineData("awd", "random", null, "Dense, RandomFixed")]
    [InlineData("tagger", "", null, "Dense, RandomInput, StructuredInput, Structured, Random")]
    [InlineData("tagger", "", "nr+rh", "Dense, Random, Structured")]
    [InlineData("tagger", "structured", "nr", "Dense, StructuredInput")]
    [InlineData("translator", "", null, "Dense, RandomInput, Random, StructuredInput, Structured")]
    public void DenseIsMeasuredFirstAndEachVariantOnce(string model, string patterns, string? sites, string variants)
    {
        IReadOnlyList<StepVariant> asked = StepVariants.Of(StepModels.Find(model), patterns.Split(' ', StringSplitOptions.RemoveEmptyEntries), sites);
        Assert.Equal(variants, string.Join(", ", asked.Select(variant => variant.Name)));
    }

    [Fact]
    public void ResultsDoNotNameFoldersOfTheMachine()
    {
        Assert.Equal("benchmarks step --peers <peers folder> --runs 3 --json <file>", RecordedLine.Of(["step", "--peers", "/home/me/peers", "--runs", "3", "--json", "out.json"]));
        Assert.Equal("benchmarks step --peers=<peers folder> --json:<file>", RecordedLine.Of(["step", "--peers=/home/me/peers", "--json:out.json"]));
    }
}
