using System;
using Xunit;

namespace SdCompiler.Translator.Tests;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("train --epochs 0", "--epochs is '0'; use a whole number from 1 on.")]
    [InlineData("train --pattern x", "--pattern is 'x'; use dense, random, random-fixed, structured or structured-fixed.")]
    [InlineData("train --model x", "--model is 'x'; use toy or luong.")]
    [InlineData("train --optimizer x", "--optimizer is 'x'; use sgd or adam.")]
    [InlineData("train --resume", "--resume needs --checkpoint with the folder of the run to go on with.")]
    [InlineData("train --from de", "--from is for texts of a folder; add --data, or leave it out.")]
    [InlineData("train --data x --from de --to de", "--from and --to are both 'de'; name two languages.")]
    [InlineData("train --train x", "--train is for texts of a folder; add --data, or leave it out.")]
    [InlineData("train --bpe x --bpe-merges 3", "--bpe names merges and --bpe-merges learns them; leave one of the two out.")]
    [InlineData("translate", "--checkpoint is missing; translate needs a DIR.")]
    [InlineData("translate --checkpoint x --n-best 6", "--n-best is 6 and the beam is 5 wide; give --beam 6 or more.")]
    [InlineData("evaluate", "--checkpoint is missing; evaluate needs a DIR.")]
    [InlineData("evaluate --checkpoint x --beam 0", "--beam is '0'; use a whole number from 1 to 1000.")]
    [InlineData("evaluate --checkpoint x --n-best 2", "Unrecognized command or argument '--n-best'; see --help.")]
    [InlineData("dance", "Unrecognized command or argument 'dance'; see --help.")]
    public void AWrongCommandLineIsOneSentenceAndNoSuccess(string line, string sentence)
    {
        ProgramRun run = ProgramRun.Of(line.Split(' '));
        Assert.Equal(sentence + Environment.NewLine, run.Error);
        Assert.Equal(2, run.ExitCode);
        Assert.Empty(run.Output);
    }

    [Theory]
    [InlineData("--help", "translate")]
    [InlineData("train --help", "--bpe-merges")]
    [InlineData("train --help", "--source-vocabulary")]
    [InlineData("translate --help", "--n-best")]
    [InlineData("translate --help", "translate [<FILE>] [options]")]
    [InlineData("translate --help", "a file that exists is replaced")]
    [InlineData("evaluate --help", "--length-penalty")]
    public void HelpNamesTheOptions(string line, string text)
    {
        ProgramRun run = ProgramRun.Of(line.Split(' '));
        Assert.Equal(0, run.ExitCode);
        Assert.Contains(text, run.Output, StringComparison.Ordinal);
        Assert.Empty(run.Error);
    }

    [Fact]
    public void ModelsAreListedWithEveryVariant()
    {
        ProgramRun run = ProgramRun.Of("models");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("structured-fixed, nr+rh", run.Output, StringComparison.Ordinal);
        Assert.Contains("2 layers of 500 units a side", run.Output, StringComparison.Ordinal);
    }
}
