using System;
using Xunit;

namespace SdCompiler.Runtime.Tests.Training;

public sealed class EarlyStoppingTests
{
    [Fact]
    public void StopsAfterPatienceEvaluationsWithoutImprovement()
    {
        var rule = new EarlyStopping(2, minimumImprovement: 0.1);
        Assert.True(rule.Report(5));
        Assert.False(rule.Report(4.95));
        Assert.True(rule.Report(4.8));
        Assert.False(rule.Report(double.NaN));
        Assert.False(rule.ShouldStop);
        Assert.False(rule.Report(4.8));
        Assert.True(rule.ShouldStop);
        Assert.Equal(4.8, rule.Best);
        var resumed = new EarlyStopping(2);
        resumed.Restore(4.8, 1);
        Assert.False(resumed.ShouldStop);
        resumed.Report(4.9);
        Assert.True(resumed.ShouldStop);
    }

    [Fact]
    public void ArgumentsAreChecked()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new EarlyStopping(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new EarlyStopping(1, double.NaN));
    }
}
