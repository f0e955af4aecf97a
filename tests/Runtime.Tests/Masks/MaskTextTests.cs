using System;
using SdCompiler.Runtime.Tests.Training;
using Xunit;

namespace SdCompiler.Runtime.Tests.Masks;

/// <summary>What masks and their trainer say to somebody who looks at them.</summary>
public sealed class MaskTextTests
{
    [Fact]
    public void ASiteSaysWhatItDoes()
    {
        Assert.Equal("Wide.0, recurrent: keeps 24 of 48, Structured", Site(DropoutPattern.Structured, MaskSampling.FixedCount).ToString());
        Assert.Equal("Wide.0, recurrent: drops each of 48 with probability 0.5, Random", Site(DropoutPattern.Random, MaskSampling.Bernoulli).ToString());
        Assert.Equal("Wide.0, input: keeps all 48", MaskSite.None("Wide.0", DropoutSites.Input, 48).ToString());
    }

    [Fact]
    public void QuestionsWithoutAnAnswerNameTheWayOut()
    {
        var masks = new MaskSet(1, [Site(DropoutPattern.Random, MaskSampling.Bernoulli)], timeSteps: 2, batchSize: 3);
        Assert.Contains("no step has been taken yet", Assert.Throws<ArgumentOutOfRangeException>(() => masks.Kept(0, 0).Length).Message, StringComparison.Ordinal);
        using var team = new WorkerTeam(1, KernelSet.Best);
        masks.Draw(team.Lanes[0], 0, 2, 3);
        Assert.Contains("ask Multiplier(", Assert.Throws<InvalidOperationException>(() => masks.Kept(0, 0).Length).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ADisposedTrainerIsNamed()
    {
        LeakyTrainer trainer = new LeakyModel().CreateTrainer(new Sgd());
        trainer.Dispose();
        Assert.Equal(typeof(LeakyTrainer).FullName, Assert.Throws<ObjectDisposedException>(() => trainer.Step(new TokenBatch())).ObjectName);
        Assert.Equal(typeof(LeakyTrainer).FullName, Assert.Throws<ObjectDisposedException>(() => trainer.Evaluate(new TokenBatch())).ObjectName);
    }

    private static MaskSite Site(DropoutPattern pattern, MaskSampling sampling) =>
        new("Wide.0", 0, 0, DropoutSites.Recurrent, 48, pattern, sampling, 24, 0.5);
}
