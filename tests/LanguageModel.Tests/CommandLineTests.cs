using System;
using System.Linq;
using SdCompiler.Samples.LanguageModel.Models;
using SdCompiler.Samples.Shared;
using Xunit;

namespace SdCompiler.LanguageModel.Tests;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("train --model big", "--model is 'big'; use demo, zaremba-small, zaremba-medium, zaremba-large, awd-demo or awd.")]
    [InlineData("train --pattern locked", "--pattern is 'locked'; use dense, random, random-fixed, structured or structured-fixed.")]
    [InlineData("train --sites rh", "--sites is 'rh'; use nr or nr+rh.")]
    [InlineData("train --epochs 0", "--epochs is '0'; use a whole number from 1 on.")]
    [InlineData("train --epochs two", "--epochs is 'two'; use a whole number from 1 on.")]
    [InlineData("train --max-steps -3", "--max-steps is '-3'; use a whole number from 1 on.")]
    [InlineData("train --threads 65", "--threads is '65'; use a whole number from 1 to 64.")]
    [InlineData("train --backend gpu", "--backend is 'gpu'; use cpu or cuda.")]
    [InlineData("train --device 0", "--device is for GPUs; leave it out, or add --backend cuda.")]
    [InlineData("train --tf32", "--tf32 is for GPUs; leave it out, or add --backend cuda.")]
    [InlineData("train --backend cuda --threads 2", "--threads is for the CPU; leave it out, or leave --backend cuda out.")]
    [InlineData("train --seed 1.5", "--seed is '1.5'; use a whole number from 0 on.")]
    [InlineData("train --epochs 99999999999", "--epochs is '99999999999'; use a whole number from 1 to 2147483647.")]
    [InlineData("train --full-epochs -1", "--full-epochs is '-1'; use a whole number from 0 on.")]
    [InlineData("train --full-epochs 1.5", "--full-epochs is '1.5'; use a whole number from 0 on.")]
    [InlineData("train --decay 0", "--decay is '0'; use a number above 0 and at most 1, such as 0.8.")]
    [InlineData("train --decay -0.5", "--decay is '-0.5'; use a number above 0 and at most 1, such as 0.8.")]
    [InlineData("train --decay 1.5", "--decay is '1.5'; use a number above 0 and at most 1, such as 0.8.")]
    [InlineData("train --decay x", "--decay is 'x'; use a number above 0 and at most 1, such as 0.8.")]
    [InlineData("train --decay nan", "--decay is 'nan'; use a number above 0 and at most 1, such as 0.8.")]
    [InlineData("train --decay 0.5", "--decay is not for the model 'demo', whose learning rate falls along half a cosine; leave the option out, or train another model.")]
    [InlineData("train --model demo --full-epochs 3", "--full-epochs is not for the model 'demo', whose learning rate falls along half a cosine; leave the option out, or train another model.")]
    [InlineData("train --model awd --decay 0.5", "--decay is not for the model 'awd', whose learning rate stays as it is; leave the option out, or train another model.")]
    [InlineData("train --model awd-demo --sites nr", "--sites is not for the model 'awd-demo', which has its own places of dropout; leave the option out, or train another model.")]
    [InlineData("train --model awd --pattern random-fixed", "--pattern random-fixed is not for the model 'awd', whose own dropouts, random, are drawn once per window; use random.")]
    [InlineData("train --model awd --backend cuda", "--backend cuda is not for the model 'awd', which trains on the CPU; leave the option out, or train another model.")]
    [InlineData("generate --checkpoint x --temperature -1", "--temperature is '-1'; use a number from 0 on, such as 0.8.")]
    [InlineData("generate --checkpoint x --temperature nan", "--temperature is 'nan'; use a number from 0 on, such as 0.8.")]
    [InlineData("evaluate --checkpoint x --data y --split train", "--split is 'train'; use valid or test.")]
    [InlineData("train --epochs", "--epochs needs a value; see --help.")]
    [InlineData("train --nonsense", "Unrecognized command or argument '--nonsense'; see --help.")]
    [InlineData("dance", "Unrecognized command or argument 'dance'; see --help.")]
    public void AWrongCommandLineIsOneSentenceAndNoSuccess(string line, string sentence)
    {
        ProgramRun run = ProgramRun.Of(line.Split(' '));
        Assert.Equal(2, run.ExitCode);
        Assert.Equal(sentence + Environment.NewLine, run.Error);
        Assert.Empty(run.Output);
    }

    [Fact]
    public void AMachineWithoutAGpuIsOneSentence()
    {
        if (SdCompiler.Runtime.Cuda.CudaDevice.Unavailable is not string reason)
        {
            return; // there is one
        }

        ProgramRun run = ProgramRun.Of("train", "--backend", "cuda", "--max-steps", "1");
        Assert.Equal(1, run.ExitCode);
        Assert.Equal(reason + Environment.NewLine, run.Error);
    }

    [Theory]
    [InlineData("evaluate", "--checkpoint is missing; evaluate needs a DIR.")]
    [InlineData("evaluate --checkpoint x", "--data is missing; evaluate needs a DIR.")]
    [InlineData("generate", "--checkpoint is missing; generate needs a DIR.")]
    [InlineData("train --resume", "--resume needs --checkpoint with the folder of the run to go on with.")]
    public void AMissingOptionIsOneSentence(string line, string sentence)
    {
        ProgramRun run = ProgramRun.Of(line.Split(' '));
        Assert.Equal(2, run.ExitCode);
        Assert.Equal(sentence + Environment.NewLine, run.Error);
    }

    [Theory]
    [InlineData("--help", "train")]
    [InlineData("train --help", "--max-steps")]
    [InlineData("train --help", "--full-epochs")]
    [InlineData("train --help", "--decay")]
    [InlineData("generate --help", "--temperature")]
    public void HelpNamesTheOptions(string line, string text)
    {
        ProgramRun run = ProgramRun.Of(line.Split(' '));
        Assert.Equal(0, run.ExitCode);
        Assert.Contains(text, run.Output, StringComparison.Ordinal);
        Assert.Empty(run.Error);
    }

    [Fact]
    public void EveryPatternAndSiteHasItsVariant()
    {
        Dropout[] variants = DropoutNames.Patterns<Dropout>().SelectMany(pattern => DropoutNames.Sites.Select(sites => DropoutNames.Variant<Dropout>(pattern, sites))).Distinct().ToArray();
        Assert.Equal(Enum.GetValues<Dropout>().Order(), variants.Order());
        foreach (Dropout variant in variants)
        {
            Assert.Equal(variant, DropoutNames.Variant<Dropout>(DropoutNames.Pattern(variant), DropoutNames.SitesOf(variant)));
        }
    }
}
